import {
  BoardroomError,
  type BudgetPolicyScope,
  type BudgetWindow,
  type CheckoutConflict,
  type Issue,
} from "@boardroom/contract";
import { isoText, mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found, notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { refusalSentences } from "../heartbeat/gates.ts";
import { liveCaller } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { isOnHold } from "../tree-holds/hold-gate.ts";
import { blockedError, hasOpen, storedBlockedBy, storedBlocks } from "./blockers.ts";
import { checkoutBudget, checkoutGate, checkoutGateJoins } from "./checkout-gate.ts";
import { type IssueExtras, issueWhere, statusArray, storedLabelIds } from "./internal.ts";
import { moved } from "./issue-changes.ts";
import { refused } from "./refusals.ts";

interface Extras extends IssueExtras {
  refusal: string | null;
  budget: {
    scope: BudgetPolicyScope;
    window: BudgetWindow;
    policyId: string;
    budgetCents: number;
    spentCents: number;
  } | null;
  conflict: CheckoutConflict;
}
type Outcome = Row<typeof schema.issues, Extras>;

/**
 * Takes an issue for an agent: of any number of callers one wins, in one statement. The run that holds it already gets it
 * again; the agent whose earlier run lost its lease takes it over. A lock counts only while its run's lease does.
 * @throws BoardroomError checkout_conflict with the holder and the reason, blocked_by_issues, budget_exhausted, agent_not_invokable,
 * company_not_active, lease_lost, forbidden when an agent takes it for another one
 */
export async function checkoutIssue(
  ctx: Ctx,
  { id: ref, agentId, expectedStatuses }: InputOf<"issues.checkout">,
): Promise<Issue> {
  const { actor } = ctx;
  if (actor.agentId && actor.agentId !== agentId) {
    throw new BoardroomError("forbidden", "An agent may check an issue out only for itself.");
  }
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const issue = found(await attemptCheckout(ctx, { id: ref, agentId, expectedStatuses }), "issue");
    if (issue.refusal === null) return issue;
    if (issue.refusal !== "overtaken") throw refusedCheckout(issue, issue.refusal);
  }
  throw new BoardroomError("unavailable", "The issue is being changed by others. Try again.");
}

/** A change that commits while the statement waits for the issue may have brought blockers that it can't see: then it looks anew. */
const maxAttempts = 5;

async function attemptCheckout(
  ctx: Ctx,
  { id: ref, agentId, expectedStatuses }: InputOf<"issues.checkout">,
): Promise<Outcome | undefined> {
  const { actor, db } = ctx;
  const { rows } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    with: {
      caller: liveCaller(ctx),
      // The latest version of the row: losers of a race wait here and then see who won. The caller's run is locked before.
      locked: sql`select * from issues where ${issueWhere(db.companyId, ref)} and (select count(*) from caller) >= 0 for update`,
      judged: sql`
        select l.*, ${checkoutGate} as gate, ${checkoutBudget} as budget, h.lease_expires_at, k.name as holder_name,
          ${storedBlockedBy("l")} as blocked_by, l.updated_at is distinct from (
            select s.updated_at from issues s where s.company_id = l.company_id and s.id = l.id) as is_overtaken,
          ${isOnHold("l")} as is_on_hold, not exists (select 1 from caller) as is_lost, coalesce(l.checkout_run_id = ${actor.runId}::uuid, false) as is_mine,
          case
            when l.checkout_run_id = ${actor.runId}::uuid then null
            when h.id is not null then 'held'
            when l.assignee_agent_id <> ${agentId}::uuid then 'assigned_to_other'
            when l.assignee_user_id is not null and ${actor.type === "agent"}::boolean then 'assigned_to_other'
            when l.status = any(${statusArray(expectedStatuses)}) and l.status not in ('done', 'cancelled') then null
            when l.status = 'in_progress' and l.assignee_agent_id is not null then null
            else 'status' end as conflict
        from locked l
        ${checkoutGateJoins(db.companyId, agentId)}
        left join heartbeat_runs h on h.company_id = l.company_id and h.id = l.checkout_run_id
          and h.status = 'running' and h.lease_expires_at > now()
        left join agents k on k.company_id = h.company_id and k.id = h.agent_id`,
      changed: sql`
        update issues i set status = 'in_progress', assignee_agent_id = ${agentId}::uuid, assignee_user_id = null,
          checkout_run_id = ${actor.runId}::uuid, execution_run_id = ${actor.runId}::uuid, execution_locked_at = now(),
          blocked_owner_agent_id = null, blocked_owner_user_id = null, blocked_action = null,
          started_at = coalesce(i.started_at, now()), updated_at = now()
        from judged j
        where i.company_id = j.company_id and i.id = j.id and not j.is_mine and j.conflict is null and not j.is_lost
          and j.gate is null and not j.is_on_hold and not ${hasOpen(sql`j.blocked_by`)} and not j.is_overtaken
        returning i.*`,
      logged_change: sql`select changed.*, judged.status as was_status, judged.assignee_agent_id as was_agent, judged.assignee_user_id as was_user from changed, judged`,
    },
    activity: [
      {
        from: "logged_change",
        action: "issue.checked_out",
        entityType: "issue",
        entityId: sql`id`,
        agentId: sql`assignee_agent_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'oldStatus', was_status, 'changes', ${moved})`,
      },
    ],
    select: sql`
      select s.*, ${storedLabelIds("j")} as label_ids, j.blocked_by, ${storedBlocks("j")} as blocks,
        case when j.is_lost then 'lease_lost'
          else coalesce(j.gate, j.conflict, case when j.is_mine then null when j.is_on_hold then 'on_hold' when ${hasOpen(sql`j.blocked_by`)} then 'blocked'
            when j.is_overtaken then 'overtaken' end) end as refusal,
        j.budget,
        jsonb_build_object('issueId', j.id, 'status', j.status, 'assigneeAgentId', j.assignee_agent_id,
          'checkoutRunId', j.checkout_run_id, 'executionRunId', j.execution_run_id, 'reason', j.conflict,
          'holder', case when j.holder_name is not null then jsonb_build_object('agentName', j.holder_name,
            'since', ${isoText(sql`j.execution_locked_at`)}, 'leaseExpiresAt', ${isoText(sql`j.lease_expires_at`)}) end,
          'retryAfterMs', ceil(extract(epoch from j.lease_expires_at - now()) * 1000)) as conflict
      from judged j
      left join (select * from changed union all select * from locked where not exists (select 1 from changed)) s on true`,
  });
  return rows[0];
}

function refusedCheckout({ budget, conflict, blockedBy }: Outcome, reason: string): BoardroomError {
  if (reason === "lease_lost") return leaseLost();
  if (reason === "blocked") return blockedError(conflict.issueId, blockedBy);
  if (reason === "on_hold") return refused("on_hold");
  if (reason === "no_agent") return notFound("agent");
  const sentence = refusalSentences[reason];
  if (!sentence) return new BoardroomError("checkout_conflict", "Issue checkout conflict", conflict);
  if (reason.endsWith("budget_exhausted")) return new BoardroomError("budget_exhausted", sentence, budget);
  if (reason.startsWith("company_")) return new BoardroomError("company_not_active", sentence);
  return new BoardroomError("agent_not_invokable", sentence);
}
