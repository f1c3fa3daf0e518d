import type { Locatable, Locator } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

/** What a call is about, as far as it says which company: the company itself, something in it, or only its caller. */
export type Target = { by: "actor" } | { by: "company" | Locatable; id: string };

export function targetOf(locate: Locator, params: Record<string, unknown>): Target {
  return locate.by === "actor" ? locate : { by: locate.by, id: String(params[locate.param]) };
}

const tables: Record<Locatable, string> = {
  issue: "issues",
  agent: "agents",
  run: "heartbeat_runs",
  goal: "goals",
  project: "projects",
  approval: "approvals",
  label: "labels",
  comment: "comments",
  attachment: "attachments",
  routine: "routines",
  routineTrigger: "routine_triggers",
  projectWorkspace: "project_workspaces",
  executionWorkspace: "execution_workspaces",
  toolApproval: "tool_approvals",
  toolRule: "tool_rules",
  runner: "runners",
  runnerCode: "runner_codes",
  secret: "secrets",
  invite: "invites",
  milestone: "milestones",
  webhookEndpoint: "webhook_endpoints",
};

/** A query of `company_id, role` of the target's company among the memberships of `person.id`; no row when it is not theirs. */
export function companyOfTarget(target: Target): SQL {
  const ofMember = sql`select m.company_id, m.role from memberships m`;
  const isTheirs = sql`m.user_id = person.id`;
  if (target.by === "actor") return sql`${ofMember} where false`;
  if (target.by === "company") return sql`${ofMember} where ${isTheirs} and m.company_id = ${target.id}::uuid`;
  const prefix = target.by === "issue" ? /^([A-Za-z][A-Za-z0-9]*)-[0-9]+$/.exec(target.id)?.[1] : undefined;
  if (prefix !== undefined) {
    return sql`${ofMember} join companies c on c.id = m.company_id and c.issue_prefix = ${prefix.toUpperCase()} where ${isTheirs}`;
  }
  // `me` is an agent's word for itself; a person has no agent.
  if (target.id === "me") return sql`${ofMember} where false`;
  const table = sql.identifier(tables[target.by]);
  return sql`${ofMember} join ${table} t on t.company_id = m.company_id and t.id = ${target.id}::uuid where ${isTheirs}`;
}
