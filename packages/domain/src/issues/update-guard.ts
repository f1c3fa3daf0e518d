import { type SQL, sql } from "drizzle-orm";
import { isAbove } from "../agents/chain-of-command.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { isOpenStage, isUnmet } from "../reviews/stage-parts.ts";
import { isOnHold } from "../tree-holds/hold-gate.ts";
import { missesWorkspace } from "../workspaces/misses-workspace.ts";
import { closesCircle, missesBlocker, staysBlocked } from "./blocker-parts.ts";
import { holds, statusArray } from "./internal.ts";
import { milestoneLimit, projectAfter } from "./place-parts.ts";
import { statusesBefore } from "./transitions.ts";
import type { IssueUpdate } from "./update-issue.ts";

/** The row of the CTE `locked` with the reason for which it may not be changed so, or null. */
export function judgeUpdate(ctx: Ctx, update: IssueUpdate): SQL {
  const { assigneeAgentId = null, assigneeUserId = null } = update;
  return sql`
    select t.*, case
        when not ${liveRunGuard(ctx)} then 'lease_lost'
        ${ctx.actor.agentId ? agentLimits(ctx.actor.agentId, update) : sql``}
        ${ctx.actor.agentId ? authorityLimit(ctx.actor.agentId, update) : sql``}
        ${stateLimit(ctx, update)}
        ${blockedLimits(update)}
        ${update.status === "done" ? endLimits(ctx, update) : sql``}
        ${reviewerLimit(update)}
        ${update.parentId ? parentLimits(update.parentId) : sql``}
        ${update.blockedByIssueIds ? blockerLimits(update.blockedByIssueIds) : sql``}
        when ${assigneeAgentId}::uuid is not null and a.id is null then 'no_assignee'
        when a.status = 'terminated' then 'assignee_terminated'
        ${milestoneLimit(sql`t.company_id`, projectAfter("t", update.projectId), update.milestoneId)}
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
      sql`when t.status <> 'cancelled' and t.created_by_agent_id is distinct from ${agentId}::uuid
        and not ${isAbove(sql`t.company_id`, sql`${agentId}::uuid`, sql`t.created_by_agent_id`)} then 'not_yours_to_cancel'`,
    );
  }
  if (status === "in_progress") {
    const assignee = assigneeAgentId === undefined ? sql`t.assignee_agent_id` : sql`${assigneeAgentId}::uuid`;
    limits.push(
      sql`when t.status <> 'in_progress' and ${assignee} is distinct from ${agentId}::uuid then 'not_yours_to_start'`,
      sql`when t.status <> 'in_progress' and ${isOnHold("t")} then 'on_hold'`,
    );
  }
  if (status !== undefined || assigneeAgentId !== undefined || assigneeUserId !== undefined) {
    limits.push(
      sql`when exists (select 1 from heartbeat_runs h where ${holds("t")} and h.agent_id <> ${agentId}::uuid) then 'held_by_other'`,
    );
  }
  return sql.join(limits, sql` `);
}

/** Propose anything, change only what is one's own: one's work, one's requests, and the work of those below. */
function authorityLimit(agentId: string, { comment: _, ...change }: IssueUpdate): SQL {
  if (Object.keys(change).length === 0) return sql``;
  return sql`
    when t.assignee_agent_id is distinct from ${agentId}::uuid and t.created_by_agent_id is distinct from ${agentId}::uuid
      and t.blocked_owner_agent_id is distinct from ${agentId}::uuid and (t.assignee_agent_id is not null or t.assignee_user_id is not null)
      and not ${isAbove(sql`t.company_id`, sql`${agentId}::uuid`, sql`t.assignee_agent_id`)} then 'not_yours'`;
}

/** A blocked issue names who acts, or what it waits for. */
function blockedLimits({ status, blocked, blockedByIssueIds }: IssueUpdate): SQL {
  if (!blocked) {
    if (status !== "blocked") return sql``;
    return sql`when t.status <> 'blocked' and not ${staysBlocked("t", blockedByIssueIds)} then 'blocked_without_owner'`;
  }
  return sql`
    when ${status ?? null}::issue_status is distinct from 'blocked' and (${status !== undefined}::boolean or t.status <> 'blocked') then 'not_blocked'
    when ${noOwner("t.company_id", blocked)} then 'no_owner'`;
}

/** Whether whom it names is not there. */
export const noOwner = (
  companyId: string,
  { ownerAgentId, ownerUserId }: NonNullable<IssueUpdate["blocked"]>,
): SQL => sql`(
  not exists (select 1 from agents o where o.company_id = ${sql.raw(companyId)} and o.id = ${ownerAgentId ?? null}::uuid and o.status <> 'terminated')
  and not exists (select 1 from memberships o where o.company_id = ${sql.raw(companyId)} and o.user_id = ${ownerUserId ?? null}::text))`;

/** Done is done when its reviewers and its definition of done say so; a person may do without evidence, and says why. */
function endLimits({ actor }: Ctx, { overrideNote }: IssueUpdate): SQL {
  const evidence = sql`when t.status <> 'done' and exists (
    select 1 from issue_criteria c where c.company_id = t.company_id and c.issue_id = t.id and ${isUnmet}) then 'evidence_missing'`;
  return sql`
    ${overrideNote && actor.type !== "user" ? sql`when true then 'no_override'` : sql``}
    when t.status <> 'done' and exists (
      select 1 from issue_review_stages s where s.company_id = t.company_id and s.issue_id = t.id and ${isOpenStage}) then 'review_open'
    ${overrideNote ? sql`` : evidence}`;
}

/** Nobody reviews their own work. */
function reviewerLimit({ assigneeAgentId, assigneeUserId }: IssueUpdate): SQL {
  if (!assigneeAgentId && !assigneeUserId) return sql``;
  return sql`when exists (
    select 1 from issue_review_stages s where s.company_id = t.company_id and s.issue_id = t.id
      and (s.reviewer_agent_id = ${assigneeAgentId ?? null}::uuid or s.reviewer_user_id = ${assigneeUserId ?? null}::text)) then 'reviewer_assigned'`;
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
