import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { missesWorkspace } from "../workspaces/misses-workspace.ts";
import { closesCircle, missesBlocker, staysBlocked } from "./blocker-parts.ts";
import { holds, statusArray } from "./internal.ts";
import { statusesBefore } from "./transitions.ts";
import type { IssueUpdate } from "./update-issue.ts";

/** The row of the CTE `locked` with the reason for which it may not be changed so, or null. */
export function judgeUpdate(ctx: Ctx, update: IssueUpdate): SQL {
  const { assigneeAgentId = null, assigneeUserId = null } = update;
  return sql`
    select t.*, case
        when not ${liveRunGuard(ctx)} then 'lease_lost'
        ${ctx.actor.agentId ? agentLimits(ctx.actor.agentId, update) : sql``}
        ${stateLimit(ctx, update)}
        ${update.parentId ? parentLimits(update.parentId) : sql``}
        ${update.blockedByIssueIds ? blockerLimits(update.blockedByIssueIds) : sql``}
        when ${assigneeAgentId}::uuid is not null and a.id is null then 'no_assignee'
        when a.status = 'terminated' then 'assignee_terminated'
        when ${missesWorkspace(ctx, update.executionWorkspaceSettings)} then 'no_workspace'
        when ${assigneeUserId}::text is not null and not exists (
          select 1 from memberships m where m.company_id = t.company_id and m.user_id = ${assigneeUserId}::text) then 'no_member'
        ${ctx.actor.agentId && update.status === "in_progress" ? blockedLimit(update) : sql``}
      end as refusal
    from locked t left join agents a on a.company_id = t.company_id and a.id = ${assigneeAgentId}::uuid`;
}

function stateLimit({ actor }: Ctx, { status }: IssueUpdate): SQL {
  if (!status) return sql``;
  const before = statusesBefore(status, actor.agentId ? "agent" : "user");
  return sql`when t.status <> all(${statusArray(before)}) then 'transition'`;
}

/** What only the board may do: cancel others' requests, start others' work, take work from who holds it. */
function agentLimits(agentId: string, { status, assigneeAgentId, assigneeUserId }: IssueUpdate): SQL {
  const limits: SQL[] = [];
  if (status === "cancelled") {
    limits.push(
      sql`when t.status <> 'cancelled' and t.created_by_agent_id is distinct from ${agentId}::uuid then 'not_yours_to_cancel'`,
    );
  }
  if (status === "in_progress") {
    const assignee = assigneeAgentId === undefined ? sql`t.assignee_agent_id` : sql`${assigneeAgentId}::uuid`;
    limits.push(
      sql`when t.status <> 'in_progress' and ${assignee} is distinct from ${agentId}::uuid then 'not_yours_to_start'`,
    );
  }
  if (status !== undefined || assigneeAgentId !== undefined || assigneeUserId !== undefined) {
    limits.push(
      sql`when exists (select 1 from heartbeat_runs h where ${holds("t")} and h.agent_id <> ${agentId}::uuid) then 'held_by_other'`,
    );
  }
  return sql.join(limits, sql` `);
}

const blockerLimits = (ids: string[]): SQL => sql`
  when ${missesBlocker(ids)} then 'no_blocker'
  when ${closesCircle("t")} then 'blocker_circle'`;

/** The board may know better than the list of blockers. */
const blockedLimit = ({ blockedByIssueIds }: IssueUpdate): SQL => sql`
  when t.status <> 'in_progress' and ${staysBlocked("t", blockedByIssueIds)} then 'blocked'`;

const parentLimits = (parentId: string): SQL => sql`
  when not exists (select 1 from issues p where p.company_id = t.company_id and p.id = ${parentId}::uuid) then 'no_parent'
  when t.id in (
    with recursive line as (
      select p.id, p.parent_id from issues p where p.company_id = t.company_id and p.id = ${parentId}::uuid
      union
      select p.id, p.parent_id from issues p join line on p.company_id = t.company_id and p.id = line.parent_id)
    select id from line) then 'circle'`;
