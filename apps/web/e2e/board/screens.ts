import type { PaperCompany } from "./paper-company.ts";

/** The addresses of the screens that need no sign-in. */
export const openScreens = [
  ...["/sign-in", "/sign-in/code", "/sign-in/code?backup", "/sign-up"],
  ...["/forgot-password", "/reset-password?token=a", "/reset-password"],
];

/** The address of every screen of a company, with the sheets that are screens of their own. */
export function screensOf(company: PaperCompany): string[] {
  const { base, issue, goalId, projectId, milestoneId, labelId, runId, liveRunId, agentKey, routineId, triggerId } =
    company;
  const issuePath = `issues/${issue.identifier}`;
  const agentPath = `agents/${agentKey}`;
  const routinePath = `routines/${routineId}`;
  const inside = [
    "",
    "inbox",
    "inbox?tab=decided",
    "issues",
    "issues?q=nothing+like+this",
    "issues?view=board",
    `issues?view=board&sheet=move-${issue.identifier}`,
    `issues?view=board&sheet=block-${issue.identifier}`,
    "issues?select&sort=priority",
    "issues/new",
    ...["search", "search?q=paper", "search?q=nothing+like+this&kind=goal"],
    issuePath,
    ...["status", "assigneeAgentId", "milestoneId", "labels", "edit", "block", "add-link", "force-release"].map(
      (sheet) => `${issuePath}?sheet=${sheet}`,
    ),
    `${issuePath}/attach`,
    ...["new", "call-plan", "call-plan/edit", "call-plan?sheet=delete"].map((path) => `${issuePath}/documents/${path}`),
    "goals",
    ...["start", "start/ceo", "start/ready"],
    `goals/${goalId}`,
    "projects",
    "projects/new",
    `projects/${projectId}`,
    ...["add-milestone", `milestone-${milestoneId}`, `delete-milestone-${milestoneId}`].map(
      (sheet) => `projects/${projectId}?sheet=${sheet}`,
    ),
    `issues?status=all&project=${projectId}&milestone=${milestoneId}`,
    `issues/new?project=${projectId}&milestone=${milestoneId}`,
    "agents",
    "agents/new?template=engineer",
    "agents/team",
    agentPath,
    ...["schedule", "wakes", "sessions", "keys", "configuration", "instructions", "history"].map(
      (tab) => `${agentPath}?tab=${tab}`,
    ),
    ...["budget", "stop", "terminate", "reset-sessions"].map((sheet) => `${agentPath}?sheet=${sheet}`),
    "routines",
    "routines?archived",
    "routines/new",
    routinePath,
    ...["revisions", "settings"].map((tab) => `${routinePath}?tab=${tab}`),
    ...["run", "add-schedule", "add-webhook", "add-api", "archive", `trigger-${triggerId}`].map(
      (sheet) => `${routinePath}?sheet=${sheet}`,
    ),
    "org",
    "runs",
    `runs/${runId}`,
    ...["transcript", "events", "log"].map((view) => `runs/${runId}?view=${view}`),
    `runs/${liveRunId}`,
    `runs/${liveRunId}?sheet=cancel`,
    "costs",
    "costs/events",
    ...["costs/prices", "costs/prices?sheet=set-price"],
    "costs/budgets",
    "costs/budgets?sheet=create-budget",
    "activity",
    "settings",
    ...["settings/labels", "settings/labels?sheet=new-label"],
    ...["label", "merge", "delete"].map((sheet) => `settings/labels?sheet=${sheet}-${labelId}`),
    "more",
  ];
  return [
    "/welcome",
    "/chooser",
    "/second-factor",
    ...inside.map((path) => (path === "" ? base : `${base}/${path}`)),
    `${base}/nowhere`,
  ];
}

/** Those that are about machines: runners, what they ask, where they work and what came out of it. */
export function machineScreensOf({ base, machine }: PaperCompany): string[] {
  const runnerPath = `runners/${machine.runnerId}`;
  const issuePath = `issues/${machine.codeIssue}`;
  const projectPath = `projects/${machine.workspaceProjectId}`;
  const inside = [
    "agents/new?adapter=claude_local",
    "agents/team?adapter=claude_local",
    `agents/${machine.engineerKey}`,
    `agents/${machine.engineerKey}?tab=configuration`,
    "runners",
    "runners?revoked",
    "runners/new",
    runnerPath,
    ...["edit", "revoke"].map((sheet) => `${runnerPath}?sheet=${sheet}`),
    issuePath,
    `${issuePath}?sheet=workspaceMode`,
    `${issuePath}/changes/${machine.diffId}`,
    `runs/${machine.codeRunId}`,
    projectPath,
    `${projectPath}?sheet=add-workspace`,
    "settings/tool-rules",
    ...["add-rule", `rule-${machine.ruleId}`].map((sheet) => `settings/tool-rules?sheet=${sheet}`),
    "settings/skills",
    "settings/skills/new",
    `settings/skills/${machine.skillKey}`,
  ];
  return inside.map((path) => `${base}/${path}`);
}
