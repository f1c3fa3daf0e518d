import { type SQL, sql } from "drizzle-orm";

/** Seconds into its interval at which an agent's timer is due, out of its id: agents of one interval don't all wake in the same second. */
export const timerPhase = (agentId: SQL, intervalSec: SQL): SQL => sql`
  mod(hashtextextended((${agentId})::text, 0) & 9223372036854775807, ${intervalSec})`;

/**
 * A CTE `schedule` that makes the timers of the agents in another CTE follow their runtime configuration and status. The
 * turn of their company follows by itself, by a trigger.
 */
export const followSchedule = (from: string): SQL => sql`
  insert into agent_schedules as s (company_id, agent_id, interval_sec, next_wake_at, enabled)
  select wanted.company_id, wanted.id, wanted.interval_sec,
    now() + make_interval(secs => 1 + ${timerPhase(sql`wanted.id`, sql`wanted.interval_sec`)}),
    wanted.enabled
  from (
    select company_id, id, (runtime_config #>> '{heartbeat,intervalSec}')::int as interval_sec,
      (runtime_config #>> '{heartbeat,enabled}')::boolean and status not in ('paused', 'terminated') as enabled
    from ${sql.identifier(from)}) wanted
  where wanted.enabled or exists (
    select 1 from agent_schedules o where o.company_id = wanted.company_id and o.agent_id = wanted.id)
  on conflict (company_id, agent_id) do update set interval_sec = excluded.interval_sec, enabled = excluded.enabled,
    next_wake_at = case when s.enabled and s.interval_sec = excluded.interval_sec then s.next_wake_at else excluded.next_wake_at end
  returning agent_id, case when enabled then next_wake_at end as next_wake_at`;

/** When an agent `a` wakes next, out of the CTE `schedule` of the same statement. */
export const scheduledWake = sql`(select schedule.next_wake_at from schedule where schedule.agent_id = a.id)`;
