import { type SQL, sql } from "drizzle-orm";
import { companySpent, currentMonth } from "../heartbeat/gates.ts";

const days = 14;
const today = sql`date_trunc('day', now() at time zone 'utc')`;
/** Midnight of today in UTC. */
const todayStart = sql`(${today} at time zone 'utc')`;
const utcDay = (time: SQL) => sql`(${time} at time zone 'utc')::date`;
/** Ids are ordered by time, so an id of that moment starts the scan: the table has no index by time. */
const firstDayId = sql`uuidv7(${today} - make_interval(days => ${days - 1}) - now() at time zone 'utc' - interval '1 second')`;
export const failedStates = sql`('failed', 'timed_out', 'lost')`;

/** Each part of the dashboard as one expression; one row of them is the whole. */
export const dashboardFigures = (companyId: string) => {
  const of = (alias: string) => sql`${sql.identifier(alias)}.company_id = ${companyId}::uuid`;
  return {
    agents: sql`(
      select jsonb_build_object('active', count(*) filter (where a.status in ('active', 'idle')),
        'running', count(*) filter (where a.status = 'running'), 'paused', count(*) filter (where a.status = 'paused'),
        'error', count(*) filter (where a.status = 'error'))
      from agents a where ${of("a")})`,
    tasks: sql`(
      select jsonb_build_object('open', count(*) filter (where i.status not in ('done', 'cancelled')),
        'inProgress', count(*) filter (where i.status = 'in_progress'), 'blocked', count(*) filter (where i.status = 'blocked'),
        'done', count(*) filter (where i.status = 'done'))
      from issues i where ${of("i")})`,
    costs: sql`(
      select jsonb_build_object('monthSpendCents', spent, 'monthBudgetCents', c.budget_monthly_cents, 'monthUtilizationPercent',
        case when c.budget_monthly_cents > 0 then round(100 * spent / c.budget_monthly_cents, 2)
          when c.budget_monthly_cents = 0 and spent > 0 then 100 else 0 end)
      from companies c, lateral (select ${companySpent(sql`c.id`)} as spent) s where c.id = ${companyId}::uuid)`,
    pending_approvals: sql`(select count(*)::int from approvals p where ${of("p")} and p.status = 'pending')`,
    budgets: sql`(
      select jsonb_build_object('pausedAgents', count(*) filter (where a.status = 'paused' and a.pause_reason = 'budget'),
        'alertedAgents', count(*) filter (where a.status not in ('paused', 'terminated') and b.spent_cents >= 0.8 * a.budget_monthly_cents))
      from agents a left join budget_spend b on b.company_id = a.company_id and b.scope = 'agent' and b.scope_id = a.id
        and b.month = ${currentMonth}
      where ${of("a")} and a.budget_monthly_cents is not null)`,
    today: sql`(
      select jsonb_build_object(
        'done', (select count(*) from issues i where ${of("i")} and i.status = 'done' and i.completed_at >= ${todayStart}),
        'blocked', (select count(*) filter (where i.updated_at >= ${todayStart}) from issues i where ${of("i")} and i.status = 'blocked'),
        'failedRuns', (select count(*) from heartbeat_runs r where ${of("r")} and r.id >= ${firstDayId}
          and r.status in ${failedStates} and r.finished_at >= ${todayStart}),
        'spendCents', (select coalesce(sum(e.cost_cents), 0) from cost_events e where ${of("e")} and e.occurred_at >= ${todayStart})))`,
    run_activity: sql`(
      select jsonb_agg(jsonb_build_object('date', d.day::date, 'succeeded', coalesce(r.succeeded, 0), 'failed', coalesce(r.failed, 0),
        'other', coalesce(r.total - r.succeeded - r.failed, 0), 'total', coalesce(r.total, 0)) order by d.day)
      from generate_series(${today} - make_interval(days => ${days - 1}), ${today}, interval '1 day') d (day)
      left join (
        select ${utcDay(sql`r.created_at`)} as day, count(*) as total, count(*) filter (where r.status = 'succeeded') as succeeded,
          count(*) filter (where r.status in ${failedStates}) as failed
        from heartbeat_runs r where ${of("r")} and r.id >= ${firstDayId} group by 1) r on r.day = d.day::date)`,
    spend_by_day: sql`(
      select jsonb_agg(jsonb_build_object('date', d.day::date, 'costCents', coalesce(e.cost_cents, 0)) order by d.day)
      from generate_series(${currentMonth}::timestamp, ${today}, interval '1 day') d (day)
      left join (
        select ${utcDay(sql`e.occurred_at`)} as day, sum(e.cost_cents) as cost_cents from cost_events e
        where ${of("e")} and e.occurred_at >= (${currentMonth}::timestamp at time zone 'utc') group by 1) e on e.day = d.day::date)`,
  };
};
