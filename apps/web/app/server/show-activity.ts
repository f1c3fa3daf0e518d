import type { Activity } from "@boardroom/contract";
import { describeActivity } from "../format/activity.ts";

/** An entry of the log as a page shows it: its words stay on the server. */
export interface ShownActivity {
  id: string;
  actorId: string;
  actor: string;
  isPerson: boolean;
  /** What stands before the thing's name, and after it. */
  before: string;
  after: string;
  /** How the thing is called; null where the words name it themselves. */
  target: string | null;
  /** The thing's page below the company's. */
  path: string | null;
  /** The run in which it was done, where that isn't the thing itself. */
  runId: string | null;
  createdAt: string;
}

/** Who did what to which thing, when. */
export function showActivity(entry: Activity): ShownActivity {
  const { before, after, namesTarget } = describeActivity(entry);
  return {
    id: entry.id,
    actorId: entry.actorId,
    actor: entry.actorName ?? actorFallbacks[entry.actorType],
    isPerson: entry.actorType === "user",
    before,
    after,
    target: namesTarget ? targetOf(entry) : null,
    path: pathOf(entry),
    runId: entry.entityType === "run" ? null : entry.runId,
    createdAt: entry.createdAt,
  };
}

const actorFallbacks: Record<Activity["actorType"], string> = {
  user: "Somebody",
  agent: "An agent",
  system: "Boardroom",
  plugin: "A plugin",
  runner: "A runner",
};

/** How the thing is called: what the entry's details say, else its kind. */
function targetOf({ details, entityType }: Activity): string {
  for (const key of ["identifier", "issueIdentifier", "name", "title", "agentName", "projectName"]) {
    const value = details?.[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return nouns[entityType] ?? entityType.replaceAll("_", " ");
}

const nouns: Record<string, string> = {
  run: "a run",
  heartbeat_run: "a run",
  wake: "a wake",
  company: "the company",
  issue: "an issue",
  comment: "an issue",
  agent: "an agent",
  approval: "a decision",
  cost_event: "a cost",
  goal: "a goal",
  project: "a project",
  milestone: "a milestone",
  routine: "a routine",
  runner: "a runner",
  runner_code: "a machine",
  tool_approval: "a tool call",
  tool_rule: "a tool rule",
  skill: "a skill",
  secret: "a secret",
  member: "a member",
  join_request: "somebody",
  label: "a label",
  webhook_endpoint: "a webhook address",
};

function pathOf({ entityType, entityId, details }: Activity): string | null {
  switch (entityType) {
    case "issue":
      return `/issues/${entityId}`;
    case "comment":
      return typeof details?.issueId === "string" ? `/issues/${details.issueId}` : null;
    case "agent":
      return `/agents/${entityId}`;
    case "run":
    case "heartbeat_run":
      return `/runs/${entityId}`;
    case "runner":
      return `/runners/${entityId}`;
    case "runner_code":
      return "/runners";
    case "tool_approval":
      return details?.issueId ? `/issues/${details.issueId}` : "/inbox";
    case "tool_rule":
      return "/settings/tool-rules";
    case "secret":
      return `/settings/secrets/${entityId}`;
    case "webhook_endpoint":
      return `/settings/webhooks/${entityId}`;
    case "skill":
      return "/settings/skills";
    case "project":
      return `/projects/${entityId}`;
    case "milestone":
      return typeof details?.projectId === "string" ? `/projects/${details.projectId}` : null;
    case "routine":
      return `/routines/${entityId}`;
    case "goal":
      return `/goals/${entityId}`;
    case "approval":
      return `/decisions/approval/${entityId}`;
    case "company":
      return "/settings";
    case "member":
      return "/settings/members";
    default:
      return null;
  }
}
