import type { ActivityEntry } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { stoppedRunsActivity } from "../agents/stop-work.ts";
import { refusalSentences } from "../heartbeat/gates.ts";
import { cancelGraceSeconds } from "../heartbeat/limits.ts";
import { systemEvent } from "../heartbeat/system-event.ts";
import { agentsStopped, budgetActivity, judgedColumns, pausingParts, reachedParts } from "./budget-parts.ts";

/** Stands for "no project" in keys. */
const noProject = "00000000-0000-0000-0000-000000000000";

/**
 * What costs cause, as CTEs and audit entries that a mutation spreads into its own: the ledger entries, the agents' spend by
 * month and day, the runs' and the agents' totals, and what budgets say to it.
 *
 * The mutation defines `cost_input` before them: id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code,
 * provider, biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at, basis,
 * basis_note, corrects_event_id. A row whose id is in the ledger already counts for nothing; what was new is in `cost_added`.
 *
 * Locks are taken in the order agent, run, spend: the mutation locks agents and runs before, in that order, so that its figures
 * of an agent are exact. Totals of companies and projects are sums over agents, so that no row is shared between them: of two
 * costs of different agents that together cross a threshold in the same instant neither may see it. `budget_near` says that
 * this may be so; then `judgeSharedBudgets` looks again after the commit.
 */
export function costParts(companyId: string) {
  return {
    with: {
      ...ledgerParts(companyId),
      ...judgedParts(companyId),
      ...pausingParts(companyId),
      ...reachedParts(companyId),
      budget_exhausted: agentsStopped,
      ...runParts(companyId),
    },
    activity,
  };
}

const ledgerParts = (companyId: string) => ({
  cost_added: sql`
    insert into cost_events (company_id, id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code, provider,
      biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at, basis, basis_note, corrects_event_id)
    select ${companyId}::uuid, id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code, provider,
      biller, billing_type, model, input_tokens, cached_input_tokens, output_tokens, cost_cents, occurred_at, basis, basis_note, corrects_event_id
    from cost_input on conflict (company_id, id) do nothing returning *`,
  cost_counted: sql`
    insert into budget_spend as b (company_id, scope, scope_id, month, spent_cents)
    select ${companyId}::uuid, 'agent', agent_id, date_trunc('month', occurred_at at time zone 'utc')::date, sum(cost_cents)
    from cost_added group by 3, 4 order by 3, 4
    on conflict (company_id, scope, scope_id, month) do update set spent_cents = b.spent_cents + excluded.spent_cents`,
  cost_of_day: sql`
    insert into spend_days as d (company_id, agent_id, day, project_id, spent_cents)
    select ${companyId}::uuid, agent_id, (occurred_at at time zone 'utc')::date, coalesce(project_id, ${noProject}::uuid), sum(cost_cents)
    from cost_added group by 2, 3, 4 order by 2, 3, 4
    on conflict (company_id, agent_id, day, project_id) do update set spent_cents = d.spent_cents + excluded.spent_cents`,
  cost_state: sql`
    insert into agent_runtime_state as s (company_id, agent_id, total_cost_cents)
    select ${companyId}::uuid, agent_id, sum(cost_cents) from cost_added group by agent_id order by agent_id
    on conflict (company_id, agent_id) do update set updated_at = now(),
      total_cost_cents = s.total_cost_cents + excluded.total_cost_cents`,
});

/** What the costs add to each budget that stands over them, on top of what its window held before. */
const judgedParts = (companyId: string) => ({
  budget_judged: sql`
    select ${judgedColumns}, d.cents as added_cents, s.cents as spent_before_cents, s.cents + d.cents as spent_cents
    from budget_policies p
    cross join lateral (
      select sum(e.cost_cents) as cents from cost_added e
      where (p.scope = 'company' or e.agent_id = p.agent_id or e.project_id = p.project_id)
        and (e.occurred_at at time zone 'utc')::date >= budget_window_start(p.budget_window, p.window_days)) d
    cross join lateral (select budget_spent(p) as cents offset 0) s
    where p.company_id = ${companyId}::uuid and p.amount_cents is not null and d.cents is not null
      and (p.scope = 'company' or p.agent_id in (select agent_id from cost_added) or p.project_id in (select project_id from cost_added))`,
  // Whether others that run now, each with such a cost at this moment, could reach a threshold together with this one.
  budget_near: sql`
    select 1 from budget_judged j
    cross join lateral (values (j.alert_percent / 100.0), (1)) t (share)
    where j.scope <> 'agent' and j.spent_cents < j.amount_cents * t.share and j.spent_cents + j.added_cents * (
      select 1 + count(*) from heartbeat_runs r where r.company_id = ${companyId}::uuid and r.status = 'running') >= j.amount_cents * t.share`,
});

const stopReason = refusalSentences.budget_exhausted ?? "";

const runParts = (companyId: string) => ({
  // One update for both, because a statement can't change a run twice: its cost, and its end when the budget is used up.
  cost_runs: sql`
    update heartbeat_runs r set updated_at = now(), cost_cents = r.cost_cents + t.added_cents, cost_basis = greatest(r.cost_basis, t.basis),
      status = case when t.stopped and r.status = 'queued' then 'cancelled'::run_status else r.status end,
      finished_at = case when t.stopped and r.status = 'queued' then now() else r.finished_at end,
      error_code = case when t.stopped and r.status = 'queued' then 'budget_exhausted' else r.error_code end,
      error = case when t.stopped and r.status = 'queued' then ${stopReason}::text else r.error end,
      cancel_reason = case when t.stopped and r.status in ('queued', 'running') then coalesce(r.cancel_reason, 'budget_exhausted') else r.cancel_reason end,
      cancel_requested_at = case when t.stopped and r.status in ('queued', 'running') then coalesce(r.cancel_requested_at, now()) else r.cancel_requested_at end,
      lease_expires_at = case when t.stopped and r.status = 'running'
        then least(r.lease_expires_at, now() + make_interval(secs => ${cancelGraceSeconds})) else r.lease_expires_at end
    from (
      select id, sum(added_cents) as added_cents, max(basis) as basis, bool_or(stopped) as stopped from (
        select o.id, 0::numeric as added_cents, null::cost_basis as basis, true as stopped from budget_exhausted x
        join heartbeat_runs o on o.company_id = ${companyId}::uuid and o.agent_id = x.agent_id and o.status in ('queued', 'running')
        union all
        select heartbeat_run_id, cost_cents, basis, false from cost_added where heartbeat_run_id is not null) each
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

const activity: readonly [ActivityEntry, ...ActivityEntry[]] = [
  {
    from: "cost_added",
    action: "cost.reported",
    entityType: "cost_event",
    entityId: sql`id`,
    agentId: sql`agent_id`,
    runId: sql`heartbeat_run_id`,
    details: sql`jsonb_build_object('costCents', cost_cents, 'issueId', issue_id, 'provider', provider, 'model', model, 'basis', basis)`,
  },
  budgetActivity,
  { ...stoppedRunsActivity, from: "budget_stopped" },
];
