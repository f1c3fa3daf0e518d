import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** How far the tick looks ahead: a heartbeat due within the coming minute is queued now and delivered on its second. */
export const lookAheadSeconds = 60;

export interface DueRun {
  companyId: string;
  runId: string;
  delayMs: number;
}

/**
 * Claims the timer heartbeats that are due, advances their schedules past every missed slot, and queues one run a slot,
 * in one statement. Two ticks at once claim different rows; the same slot never gives a second run.
 */
export async function claimSchedules(system: Connection, limit: number): Promise<{ claimed: number; runs: DueRun[] }> {
  const rows = await system.raw<{ company_id: string; id: string | null; delay_ms: number }>(sql`
    with due as (
      select * from agent_schedules where enabled and next_wake_at <= now() + make_interval(secs => ${lookAheadSeconds})
      order by next_wake_at limit ${limit} for update skip locked),
    advanced as (
      update agent_schedules s set next_wake_at = due.next_wake_at + make_interval(secs => due.interval_sec *
        (1 + greatest(0, floor(extract(epoch from now() - due.next_wake_at) / due.interval_sec))))
      from due where s.company_id = due.company_id and s.agent_id = due.agent_id
      returning s.company_id, s.agent_id, due.next_wake_at as slot),
    woken as (
      insert into wakes as w (company_id, agent_id, source, reason, task_key, run_id)
      select x.company_id, x.agent_id, 'timer', 'timer', 'agent', uuidv7() from advanced x
      join companies c on c.id = x.company_id and c.status = 'active'
      on conflict (company_id, agent_id, task_key) where status = 'open' do update set coalesced_count = w.coalesced_count + 1
      returning w.*, (w.coalesced_count = 0) as is_new),
    queued as (
      insert into heartbeat_runs (company_id, id, agent_id, wake_id, invocation_source, slot, available_at)
      select w.company_id, w.run_id, w.agent_id, w.id, 'timer', x.slot, greatest(x.slot, now())
      from woken w join advanced x on x.company_id = w.company_id and x.agent_id = w.agent_id where w.is_new
      on conflict (company_id, agent_id, slot) where slot is not null do nothing
      returning company_id, id, agent_id, available_at)
    select x.company_id, q.id, greatest(0, extract(epoch from q.available_at - now()) * 1000)::int as delay_ms
    from advanced x left join queued q on q.company_id = x.company_id and q.agent_id = x.agent_id`);
  const runs = rows.flatMap(({ company_id, id, delay_ms }) =>
    id ? [{ companyId: company_id, runId: id, delayMs: delay_ms }] : [],
  );
  return { claimed: rows.length, runs };
}
