import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { stoppedRunsActivity, stopWork } from "../agents/stop-work.ts";
import { runsUnderBudget } from "../heartbeat/freed-runs.ts";
import { budgetActivity, judgedColumns, pausingParts, reachedParts } from "./budget-parts.ts";

/**
 * Looks at the policies in another CTE as they are now, as CTEs that a mutation spreads: what is over a threshold is told and
 * stopped, what is under it again is lifted, and what waited for room may go.
 * @param policies a CTE of rows of `budget_policies`, with all their columns in order
 */
export const policyParts = (companyId: string, policies: string) => ({
  budget_judged: judgedNow(policies),
  ...pausingParts(companyId),
  ...reachedParts(companyId),
  ...liftedParts(companyId),
  ...stopWork("budget_paused", "budget_exhausted"),
});

/** What the board said when it lifted a stop itself. */
export interface Lifting {
  /** Whether it lifts the incident `n` in any case. */
  forced: SQL;
  note: SQL;
  userId: SQL;
  /** The approval by which it did. */
  approvalId?: SQL;
}

/** The same for a mutation that itself has a CTE `budget_paused` of agents: because it pauses the one, or none. */
export const policyPartsBut = (companyId: string, policies: string, lifting?: Lifting) => ({
  budget_judged: judgedNow(policies),
  ...reachedParts(companyId),
  ...liftedParts(companyId, lifting),
});

const judgedNow = (policies: string) => sql`
  select ${judgedColumns}, s.cents as spent_cents, s.cents as spent_before_cents
  from ${sql.identifier(policies)} p cross join lateral (select budget_spent(row(p.*)::budget_policies) as cents offset 0) s`;

const liftedParts = (companyId: string, { forced, note, userId, approvalId = sql`null::uuid` }: Lifting = changed) => ({
  budget_lifted: sql`
    update budget_incidents n set lifted_at = now(), resolved_at = coalesce(n.resolved_at, now()), note = coalesce(${note}, n.note),
      action = case when ${forced} then 'raise_budget_and_resume' else coalesce(n.action, 'budget_changed') end,
      resolved_by_user_id = coalesce(${userId}, n.resolved_by_user_id), approval_id = coalesce(${approvalId}, n.approval_id),
      status = case when n.status = 'open' then 'resolved' else n.status end
    from budget_judged j
    where n.company_id = ${companyId}::uuid and n.policy_id = j.policy_id and n.lifted_at is null and (${forced} or j.amount_cents is null
      or j.spent_cents < j.amount_cents * case n.threshold when 'alert' then j.alert_percent / 100.0 else 1 end)
    returning n.*`,
  budget_freed_of: sql`select distinct company_id from budget_judged`,
  budget_freed: runsUnderBudget("budget_freed_of"),
});

const changed: Lifting = { forced: sql`false`, note: sql`null::text`, userId: sql`null::text` };

export const policyActivity: readonly [ActivityEntry, ...ActivityEntry[]] = [budgetActivity, stoppedRunsActivity];
