import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { followSchedule } from "../agents/follow-schedule.ts";

/**
 * What follows once budgets were looked at, as CTEs over `budget_judged`: policy_id, scope, agent_id, project_id, budget_window,
 * window_days, amount_cents, alert_percent, hard_stop, spent_cents, and what was spent before this statement.
 *
 * A threshold that is reached is told once per policy, window and amount: of all statements that see it at the same time one
 * inserts the incident. One that was lifted and is reached again comes up again, unless the board dismissed it.
 */
export const reachedParts = (companyId: string) => ({
  budget_reached: sql`
    insert into budget_incidents as n (company_id, policy_id, window_key, window_ends_at, threshold, amount_cents, spent_cents, status,
      action, resolved_at, lifted_at)
    select ${companyId}::uuid, j.policy_id, budget_window_key(j.budget_window, j.window_days), budget_window_end(j.budget_window, j.window_days),
      t.threshold, j.amount_cents, j.spent_cents, case when over.is_over then 'resolved' else 'open' end::budget_incident_status,
      case when over.is_over then 'stopped'::budget_action end, case when over.is_over then now() end, case when over.is_over then now() end
    from budget_judged j
    cross join lateral (values ('alert'::budget_threshold, j.alert_percent / 100.0), ('stop', 1)) t (threshold, share)
    cross join lateral (select t.threshold = 'alert' and j.spent_cents >= j.amount_cents as is_over) over
    where j.spent_cents >= j.amount_cents * t.share and (not over.is_over or j.spent_before_cents < j.amount_cents * t.share)
    order by j.policy_id, t.threshold
    on conflict (company_id, policy_id, window_key, threshold, amount_cents) do update
      set status = 'open', action = null, lifted_at = null, resolved_at = null, resolved_by_user_id = null, note = null,
        spent_cents = excluded.spent_cents, window_ends_at = excluded.window_ends_at, created_at = now()
      where n.threshold = 'stop' and n.lifted_at is not null and n.status <> 'dismissed'
    returning n.*`,
  budget_alert_over: sql`
    update budget_incidents n set status = 'resolved', action = 'stopped', resolved_at = now(), lifted_at = now()
    where n.company_id = ${companyId}::uuid and n.threshold = 'alert' and n.status = 'open'
      and n.policy_id in (select policy_id from budget_reached where threshold = 'stop')
    returning n.id`,
  budget_told: sql`
    select j.*, coalesce(n.threshold, 'stop') as threshold, n.id as incident_id, a.name as agent_name, p.name as project_name
    from budget_judged j
    join lateral (
      select threshold, id from budget_reached where policy_id = j.policy_id
      union all
      select null, null from budget_paused where id = j.agent_id and not exists (select 1 from budget_reached where policy_id = j.policy_id)
        and j.scope = 'agent' and j.spent_cents >= j.amount_cents) n on true
    left join agents a on a.company_id = ${companyId}::uuid and a.id = j.agent_id
    left join projects p on p.company_id = ${companyId}::uuid and p.id = j.project_id`,
});

/** Agents whose own budget is used up; `agents_stopped` are those whose work ends now. */
export const pausingParts = (companyId: string) => ({
  budget_paused: sql`
    update agents a set status = 'paused', pause_reason = 'budget', paused_at = now(), updated_at = now()
    where a.company_id = ${companyId}::uuid and a.status not in ('paused', 'terminated', 'pending_approval')
      and a.id in (select j.agent_id from budget_judged j where j.scope = 'agent' and j.hard_stop and j.spent_cents >= j.amount_cents)
    returning a.*`,
  budget_schedule: followSchedule("budget_paused"),
});

export const agentsStopped: SQL = sql`
  select id as agent_id from budget_paused
  union
  select j.agent_id from budget_reached n join budget_judged j on j.policy_id = n.policy_id
  where n.threshold = 'stop' and j.scope = 'agent' and j.hard_stop`;

/** `budget.alert`, `company_budget.exhausted`: whose it is, and which threshold. */
export const budgetActivity: ActivityEntry = {
  from: "budget_told",
  action: sql`case scope when 'agent' then '' else scope || '_' end || case threshold when 'alert' then 'budget.alert' else 'budget.exhausted' end`,
  entityType: sql`scope::text`,
  entityId: sql`coalesce(agent_id, project_id, company_id)`,
  agentId: sql`agent_id`,
  details: sql`jsonb_build_object('spentCents', spent_cents, 'budgetCents', amount_cents, 'window', budget_window, 'policyId', policy_id,
    'incidentId', incident_id) || jsonb_strip_nulls(jsonb_build_object('agentName', agent_name, 'projectName', project_name))`,
};

/** A policy as it is judged: over the alias `p` of a row of its table. */
export const judgedColumns: SQL = sql`p.company_id, p.id as policy_id, p.scope, p.agent_id, p.project_id, p.budget_window, p.window_days,
  p.amount_cents, p.alert_percent, p.hard_stop`;
