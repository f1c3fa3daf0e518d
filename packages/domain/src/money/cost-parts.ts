import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { followSchedule } from "../agents/follow-schedule.ts";
import { stoppedRunsActivity } from "../agents/stop-work.ts";
import { currentMonth, refusalSentences } from "../heartbeat/gates.ts";
import { cancelGraceSeconds } from "../heartbeat/limits.ts";
import { systemEvent } from "../heartbeat/system-event.ts";

/** The share of a budget at which the board is told once. */
export const alertShare = 0.8;

export interface CostPartsOptions {
  /** False when the mutation itself updates the run of the cost: then that one run's row is left alone. */
  updateRun: boolean;
}

/**
 * What a cost causes, as CTEs and audit entries that a mutation spreads into its own: the ledger entry, the month's spend of
 * agent and project, the run's and the agent's totals, the alert at 80 % and the stop at 100 % of a budget.
 *
 * The mutation defines `cost_input` before them: id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code,
 * provider, biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at. A row whose
 * id is in the ledger already counts for nothing; what was new is in `cost_added`.
 *
 * Locks are taken in the order agent, run, spend: a mutation that locks agent or run itself does so before, in that order.
 * The company's total is the sum over its agents, so that no row is shared between them: of two costs of different agents that
 * together cross the company's threshold in the same instant neither may see it, then the next cost tells.
 */
export function costParts(companyId: string, { updateRun }: CostPartsOptions) {
  return {
    with: {
      ...ledgerParts(companyId),
      ...agentParts(companyId),
      ...runParts(companyId, updateRun),
      ...companyParts(companyId),
    },
    activity,
  };
}

const ledgerParts = (companyId: string) => ({
  cost_added: sql`
    insert into cost_events (company_id, id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code, provider,
      biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at)
    select ${companyId}::uuid, id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code, provider,
      biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at
    from cost_input on conflict (company_id, id) do nothing returning *`,
  cost_by_scope: sql`
    select s.scope, s.scope_id, date_trunc('month', e.occurred_at at time zone 'utc')::date as month, sum(e.cost_cents) as added_cents
    from cost_added e
    cross join lateral (values ('agent'::budget_scope, e.agent_id), ('project', e.project_id)) s (scope, scope_id)
    where s.scope_id is not null group by 1, 2, 3`,
  cost_counted: sql`
    insert into budget_spend as b (company_id, scope, scope_id, month, spent_cents)
    select ${companyId}::uuid, scope, scope_id, month, added_cents from cost_by_scope order by scope, scope_id, month
    on conflict (company_id, scope, scope_id, month) do update set spent_cents = b.spent_cents + excluded.spent_cents
    returning scope, scope_id, month, spent_cents`,
  cost_state: sql`
    insert into agent_runtime_state as s (company_id, agent_id, total_cost_cents)
    select ${companyId}::uuid, agent_id, sum(cost_cents) from cost_added group by agent_id
    on conflict (company_id, agent_id) do update set updated_at = now(),
      total_cost_cents = s.total_cost_cents + excluded.total_cost_cents`,
});

const agentParts = (companyId: string) => ({
  agent_budget: sql`
    select a.id as agent_id, a.name as agent_name, a.budget_monthly_cents as budget_cents, n.spent_cents,
      n.spent_cents - d.added_cents as spent_before_cents
    from cost_counted n
    join cost_by_scope d on d.scope = n.scope and d.scope_id = n.scope_id and d.month = n.month
    join agents a on a.company_id = ${companyId}::uuid and a.id = n.scope_id
    where n.scope = 'agent' and n.month = ${currentMonth} and a.budget_monthly_cents is not null`,
  budget_alerted: sql`
    select * from agent_budget
    where spent_before_cents < budget_cents * ${alertShare}::numeric and spent_cents >= budget_cents * ${alertShare}::numeric`,
  // Judged by the agent's latest row: a budget that was raised meanwhile pauses nobody.
  budget_paused: sql`
    update agents a set status = 'paused', pause_reason = 'budget', paused_at = now(), updated_at = now()
    from agent_budget x
    where a.company_id = ${companyId}::uuid and a.id = x.agent_id and x.spent_cents >= a.budget_monthly_cents
      and a.status not in ('paused', 'terminated', 'pending_approval')
    returning a.*`,
  budget_schedule: followSchedule("budget_paused"),
  budget_exhausted: sql`
    select * from agent_budget where (spent_before_cents < budget_cents and spent_cents >= budget_cents)
      or agent_id in (select id from budget_paused)`,
});

const stopReason = refusalSentences.budget_exhausted ?? "";

const runParts = (companyId: string, updateRun: boolean) => ({
  // One update for both, because a statement can't change a run twice: its cost, and its end when the budget is used up.
  cost_runs: sql`
    update heartbeat_runs r set updated_at = now(), cost_cents = r.cost_cents + t.added_cents,
      status = case when t.stopped and r.status = 'queued' then 'cancelled'::run_status else r.status end,
      finished_at = case when t.stopped and r.status = 'queued' then now() else r.finished_at end,
      error_code = case when t.stopped and r.status = 'queued' then 'budget_exhausted' else r.error_code end,
      error = case when t.stopped and r.status = 'queued' then ${stopReason}::text else r.error end,
      cancel_reason = case when t.stopped and r.status in ('queued', 'running') then coalesce(r.cancel_reason, 'budget_exhausted') else r.cancel_reason end,
      cancel_requested_at = case when t.stopped and r.status in ('queued', 'running') then coalesce(r.cancel_requested_at, now()) else r.cancel_requested_at end,
      lease_expires_at = case when t.stopped and r.status = 'running'
        then least(r.lease_expires_at, now() + make_interval(secs => ${cancelGraceSeconds})) else r.lease_expires_at end
    from (
      select id, sum(added_cents) as added_cents, bool_or(stopped) as stopped from (
        select o.id, 0::numeric as added_cents, true as stopped from budget_exhausted x
        join heartbeat_runs o on o.company_id = ${companyId}::uuid and o.agent_id = x.agent_id and o.status in ('queued', 'running')
        union all
        select heartbeat_run_id, cost_cents, false from cost_added where heartbeat_run_id is not null) each
      ${updateRun ? sql`` : sql`where id not in (select heartbeat_run_id from cost_input where heartbeat_run_id is not null)`}
      group by id) t
    where r.company_id = ${companyId}::uuid and r.id = t.id
    returning r.company_id, r.id, r.agent_id, r.issue_id, r.wake_id, r.status, r.cancel_reason, t.stopped`,
  budget_stopped: sql`select * from cost_runs where stopped and status in ('cancelled', 'running')`,
  budget_noted: systemEvent("budget_stopped", "budget_exhausted", sql`${stopReason}::text`),
  budget_skipped: sql`
    update wakes w set status = 'skipped', skip_reason = 'budget_exhausted', resolved_at = now()
    where w.company_id = ${companyId}::uuid and (
      (w.status = 'open' and w.agent_id in (select agent_id from budget_exhausted))
      or w.id in (select wake_id from budget_stopped where status = 'cancelled'))`,
});

const companyParts = (companyId: string) => ({
  company_budget: sql`
    select c.budget_monthly_cents as budget_cents, (select sum(spent_cents) from (
        select spent_cents from cost_counted where scope = 'agent' and month = ${currentMonth}
        union all
        select b.spent_cents from budget_spend b where b.company_id = c.id and b.scope = 'agent' and b.month = ${currentMonth}
          and b.scope_id not in (select scope_id from cost_counted)) each) as spent_cents
    from companies c where c.id = ${companyId}::uuid and c.budget_monthly_cents > 0
      and exists (select 1 from cost_counted where scope = 'agent' and month = ${currentMonth})`,
  company_budget_told: companyBudgetTold(companyId),
});

/**
 * The thresholds that the CTE `company_budget` (budget_cents, spent_cents) is over and that nobody was told of yet. Remembered
 * like any answer that is given once: of all costs over a threshold the first to insert tells, per month and budget.
 */
export const companyBudgetTold = (companyId: string): SQL => sql`
  insert into idempotency_keys (company_id, actor_id, key, operation, body_hash, response)
  select ${companyId}::uuid, 'system', t.action || ' ' || ${currentMonth} || ' ' || b.budget_cents, t.action, '',
    jsonb_build_object('spentCents', b.spent_cents, 'budgetCents', b.budget_cents)
  from company_budget b
  cross join (values ('company_budget.alert', ${alertShare}::numeric), ('company_budget.exhausted', 1)) t (action, share)
  where b.spent_cents >= b.budget_cents * t.share
  on conflict (company_id, actor_id, key) do nothing
  returning company_id, operation as action, response`;

export const companyBudgetLogged: ActivityEntry = {
  from: "company_budget_told",
  action: sql`action`,
  entityType: "company",
  entityId: sql`company_id`,
  details: sql`response`,
};

const agentBudgetDetails = sql`jsonb_build_object('agentName', agent_name, 'spentCents', spent_cents, 'budgetCents', budget_cents)`;

const activity: readonly [ActivityEntry, ...ActivityEntry[]] = [
  {
    from: "cost_added",
    action: "cost.reported",
    entityType: "cost_event",
    entityId: sql`id`,
    agentId: sql`agent_id`,
    runId: sql`heartbeat_run_id`,
    details: sql`jsonb_build_object('costCents', cost_cents, 'issueId', issue_id, 'provider', provider, 'model', model)`,
  },
  {
    from: "budget_alerted",
    action: "budget.alert",
    entityType: "agent",
    entityId: sql`agent_id`,
    agentId: sql`agent_id`,
    details: agentBudgetDetails,
  },
  {
    from: "budget_exhausted",
    action: "budget.exhausted",
    entityType: "agent",
    entityId: sql`agent_id`,
    agentId: sql`agent_id`,
    details: agentBudgetDetails,
  },
  { ...stoppedRunsActivity, from: "budget_stopped" },
  companyBudgetLogged,
];
