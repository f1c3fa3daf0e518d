import { BoardroomError, type Issue } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { isAbove, nearestManager } from "../agents/chain-of-command.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { runsOfIssues } from "../heartbeat/freed-runs.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { causeParts, queuedRunIds } from "./cause-parts.ts";
import { commentLogged, insertComment } from "./comment-parts.ts";
import { dispatchFreed, type Freed, freedRunIds, letGo } from "./freed-by-issue.ts";
import { type IssueExtras, issueWhere, lockIssue, storedExtras } from "./internal.ts";
import { refused } from "./refusals.ts";
import type { CauseRows } from "./wake-causes.ts";

interface Extras extends IssueExtras, Freed {
  refusal: "lease_lost" | "not_yours" | "ended" | null;
  queuedRunIds: string[] | null;
}

/**
 * Hands an issue that can't go on up the chain of command. It is blocked then, and names the nearest manager who can be woken, from
 * the last who had it; above the last of them it is the board's, and waits in its inbox.
 * @throws BoardroomError forbidden for an agent that neither works on it nor was asked to act, invalid_transition when it has ended
 */
export async function escalateIssue(ctx: Ctx, { id: ref, reason }: InputOf<"issues.escalate">): Promise<Issue> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const agentLimits = sql`when i.assignee_agent_id is distinct from ${actor.agentId}::uuid
    and i.blocked_owner_agent_id is distinct from ${actor.agentId}::uuid
    and not ${isAbove(sql`i.company_id`, sql`${actor.agentId}::uuid`, sql`i.assignee_agent_id`)} then 'not_yours'`;
  const { rows } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    before: [lockTree(companyId, "issues"), lockIssue(companyId, ref)],
    with: {
      judged: sql`
        select i.*, ${nearestManager(sql`i.company_id`, from(actor.agentId))} as to_agent_id, case
            when not ${liveRunGuard(ctx)} then 'lease_lost' ${actor.agentId ? agentLimits : sql``}
            when i.status in ('done', 'cancelled') then 'ended' end as refusal
        from issues i where ${issueWhere(companyId, ref, "i")}`,
      changed: sql`
        update issues i set status = 'blocked', checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
          blocked_owner_agent_id = j.to_agent_id, blocked_action = ${reason}::text,
          blocked_owner_user_id = case when j.to_agent_id is null then (
            select m.user_id from memberships m where m.company_id = j.company_id and m.role = 'owner' order by m.created_at, m.user_id limit 1) end
        from judged j where j.refusal is null and i.company_id = j.company_id and i.id = j.id returning i.*`,
      escalated: sql`select changed.*, judged.status as old_status, judged.blocked_owner_agent_id as from_agent_id from changed, judged`,
      commented: insertComment(actor, "changed", `Escalated: ${reason}`),
      let_go: letGo("judged"),
      freed: runsOfIssues("let_go"),
      ...causeParts(ctx, [managerAsked]),
    },
    activity: [
      {
        from: "escalated",
        action: "issue.escalated",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'reason', left(blocked_action, 300),
          'toAgentId', blocked_owner_agent_id, 'toUserId', blocked_owner_user_id, 'changes',
          case when old_status = 'blocked' then '{}' else jsonb_build_object('status', jsonb_build_object('from', old_status, 'to', 'blocked')) end)`,
      },
      commentLogged("commented"),
    ],
    select: sql`
      select changed.*, judged.refusal, ${queuedRunIds}, ${freedRunIds}, ${storedExtras("judged")} from judged left join changed on true`,
  });
  const issue = found(rows[0], "issue");
  if (issue.refusal === "ended") throw new BoardroomError("invalid_transition", "This issue has ended.");
  if (issue.refusal) throw refused(issue.refusal);
  ctx.ports.dispatch((issue.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  dispatchFreed(ctx, issue);
  return issue;
}

/** Whose manager is next: the caller's, or the manager's of who had it last. */
const from = (agentId: string | null) =>
  agentId ? sql`${agentId}::uuid` : sql`coalesce(i.blocked_owner_agent_id, i.assignee_agent_id)`;

const managerAsked: CauseRows = sql`
  select i.blocked_owner_agent_id as agent_id, i.id as issue_id, 'issue_escalated' as reason, 0 as rank,
    jsonb_build_object('identifier', i.identifier, 'reason', i.blocked_action) as payload, false as is_blocked from changed i`;
