import type { Activity } from "@boardroom/contract";
import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { describeActivity } from "../format/activity.ts";
import { Avatar } from "./avatar.tsx";
import { RelativeTime } from "./time.tsx";
import { useCompany } from "./use-company.ts";

/** One line of the log: who did what to which thing, when. */
export function ActivityRow({ entry, aside }: { entry: Activity; aside?: ReactNode }) {
  const { base } = useCompany();
  const actor = entry.actorName ?? actorFallbacks[entry.actorType];
  const target = targetOf(entry);
  const path = pathOf(entry);
  const { before, after, namesTarget } = describeActivity(entry);
  return (
    <li className="row" data-quiet>
      <Avatar name={actor} person={entry.actorType === "user"} />
      <p className="row-text-line">
        <b>{actor}</b> {before} {namesTarget && (path ? <Link to={base + path}>{target}</Link> : target)}
        {after}
      </p>
      <div className="meta">
        {entry.runId && entry.entityType !== "run" && (
          <Link to={`${base}/runs/${entry.runId}`} className="wide-only">
            run
          </Link>
        )}
        {aside}
        <RelativeTime at={entry.createdAt} />
      </div>
    </li>
  );
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
  for (const key of ["identifier", "issueIdentifier", "name", "title", "agentName"]) {
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
  routine: "a routine",
  runner: "a runner",
  runner_code: "a machine",
  tool_approval: "a tool call",
  tool_rule: "a tool rule",
  skill: "a skill",
  secret: "a secret",
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
    case "skill":
      return "/settings/skills";
    case "project":
      return `/projects/${entityId}`;
    case "routine":
      return `/routines/${entityId}`;
    case "goal":
      return `/goals/${entityId}`;
    case "approval":
      return "/inbox?tab=decided";
    case "company":
      return "/settings";
    default:
      return null;
  }
}
