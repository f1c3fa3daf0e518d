import type { PaperCompany } from "./paper-company.ts";

/** The addresses of the screens that need no sign-in. */
export const openScreens = ["/sign-in", "/sign-up", "/forgot-password", "/reset-password?token=a", "/reset-password"];

/** The address of every screen of a company, with the sheets that are screens of their own. */
export function screensOf({ base, issue, goalId, projectId, runId, agentKey }: PaperCompany): string[] {
  const issuePath = `issues/${issue.identifier}`;
  const agentPath = `agents/${agentKey}`;
  const inside = [
    "",
    "inbox",
    "inbox?tab=decided",
    "issues",
    "issues?q=nothing+like+this",
    "issues/new",
    issuePath,
    ...["status", "assigneeAgentId", "edit", "force-release"].map((sheet) => `${issuePath}?sheet=${sheet}`),
    "goals",
    "goals/new?first",
    `goals/${goalId}`,
    "projects",
    "projects/new",
    `projects/${projectId}`,
    "agents",
    "agents/new",
    agentPath,
    ...["wakes", "keys", "configuration"].map((tab) => `${agentPath}?tab=${tab}`),
    ...["budget", "terminate"].map((sheet) => `${agentPath}?sheet=${sheet}`),
    "org",
    "runs",
    `runs/${runId}`,
    "costs",
    "costs/events",
    "activity",
    "settings",
    "more",
  ];
  return ["/welcome", "/chooser", ...inside.map((path) => (path === "" ? base : `${base}/${path}`))];
}
