import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** How far the tick looks ahead: a heartbeat due within the coming minute is queued now and delivered on its second. */
export const lookAheadSeconds = 60;

/** What one batch takes at most. */
export interface ClaimLimits {
  agents: number;
  companies: number;
}
export const claimLimits: ClaimLimits = { agents: 4000, companies: 200 };

export interface ClaimedSchedules {
  /** Timers that were advanced. */
  due: number;
  /** Of those, the ones that woke nobody because their agent has no open work. */
  spared: number;
  /** Runs that were queued. */
  runs: number;
  /** Companies of which nothing is due any more. */
  settled: number;
  /** Whether something is still due, also when somebody else has it in hand. */
  remains: boolean;
}

/**
 * Claims the timer heartbeats that are due, in one statement: takes the companies that wait longest, from each a fair share
 * of its due agents, advances those past every missed slot, and wakes the ones that have open work. Agents without work cost
 * nothing but a count; those of a company that isn't active keep their rhythm and nothing is stored.
 * Two ticks at once take different companies, and the same slot never gives a second run. It waits for no lock that somebody
 * holds who may wait for it: what is taken is skipped and stays due.
 */
export async function claimSchedules(system: Connection, limits = claimLimits): Promise<ClaimedSchedules> {
  const [claimed] = await system.raw<ClaimedSchedules>(claimStatement(limits));
  if (!claimed) throw new Error("The claiming statement answers one row");
  return claimed;
}

const horizon = sql`now() + make_interval(secs => ${lookAheadSeconds})`;
/** Whether a company has a timer that is due. */
export const timersAreDue = sql`(select min(next_due_at) from company_schedules) <= ${horizon}`;
/** The first slot after now, a whole number of intervals after the slot that was due. */
const nextSlot = sql`s.next_wake_at + make_interval(secs => s.interval_sec *
  (1 + greatest(0, floor(extract(epoch from now() - s.next_wake_at) / s.interval_sec))))`;
const hasWork = sql`exists (
  select 1 from issues i where i.company_id = s.company_id and i.assignee_agent_id = s.agent_id
    and i.status in ('todo', 'in_progress', 'in_review') offset 0)`;

/** Exported for the benchmark, which explains the very statement. */
export const claimStatement = ({ agents, companies }: ClaimLimits): SQL => sql`
  with taken as materialized (
    select company_id, xmin as version from company_schedules where next_due_at <= ${horizon}
    order by next_due_at limit ${companies} for update skip locked),
  -- Whose row changed between this statement's snapshot and its lock may have a timer that the snapshot doesn't show.
  companies_now as materialized (
    select t.company_id, c.status = 'active' as active, (
      select s.next_wake_at from agent_schedules s
      where s.company_id = t.company_id and s.enabled and s.next_wake_at > ${horizon} order by s.next_wake_at limit 1) as later
    from taken t
    join company_schedules seen on seen.company_id = t.company_id and seen.xmin = t.version
    join companies c on c.id = t.company_id),
  share as materialized (select ceil(${agents}::numeric / greatest(count(*), 1))::int as agents from companies_now),
  due as materialized (
    select s.place, s.company_id, s.agent_id, n.active, n.active and ${hasWork} as works
    from companies_now n cross join lateral (
      select s.ctid as place, s.company_id, s.agent_id from agent_schedules s
      where s.company_id = n.company_id and s.enabled and s.next_wake_at <= ${horizon}
      order by s.next_wake_at limit (select agents from share) for update skip locked) s),
  -- Agents before their wakes, as everything that changes both.
  staff as materialized (
    select due.place from due cross join lateral (
      select 1 from agents a where a.company_id = due.company_id and a.id = due.agent_id limit 1 for share skip locked) a
    where due.works),
  resting as (${advance(sql`select place from due where not active`)}),
  spared as (${advance(sql`select place from due where active and not works`, sql`, empty_skips = s.empty_skips + 1, last_empty_at = now()`)}),
  going as (${advance(sql`select place from staff`)}),
  woken as (
    insert into wakes as w (company_id, agent_id, source, reason, task_key, run_id)
    select company_id, agent_id, 'timer', 'timer', 'agent', uuidv7() from going order by company_id, agent_id
    on conflict (company_id, agent_id, task_key) where status = 'open'
    do update set coalesced_count = w.coalesced_count + 1, hop = 0, parent_run_id = null
    returning w.company_id, w.agent_id, w.id, w.run_id, (w.coalesced_count = 0) as is_new),
  queued as (
    insert into heartbeat_runs (company_id, id, agent_id, wake_id, invocation_source, slot, available_at)
    select w.company_id, w.run_id, w.agent_id, w.id, 'timer', g.slot, greatest(g.slot, now())
    from woken w join going g on g.company_id = w.company_id and g.agent_id = w.agent_id where w.is_new
    on conflict (company_id, agent_id, slot) where slot is not null do nothing
    returning 1),
  -- A timer goes ahead of a storm among agents: the run that waits for it to pass need not wait longer than to the slot.
  calmed as (
    select r.company_id, r.id, g.slot from woken w
    join going g on g.company_id = w.company_id and g.agent_id = w.agent_id
    join heartbeat_runs r on r.company_id = w.company_id and r.id = w.run_id
    where not w.is_new and r.status = 'queued' and r.wait_reason = 'storm_breaker' for update of r skip locked),
  hurried as (
    update heartbeat_runs r set available_at = least(r.available_at, greatest(x.slot, now())), wait_reason = null, updated_at = now()
    from calmed x where r.company_id = x.company_id and r.id = x.id),
  moved as (
    select company_id, count(*) as agents, min(next) as next
    from (select * from resting union all select * from spared union all select * from going) each group by company_id),
  settled as (
    -- A company with more that is due goes to the end of the line.
    update company_schedules c set next_due_at = case when turn.due > turn.moved then now()
      else least(turn.next, turn.later, 'infinity') end
    from (
      select n.company_id, n.later, coalesce(m.agents, 0) as moved, m.next,
        (select count(*) from (
          select 1 from agent_schedules s where s.company_id = n.company_id and s.enabled and s.next_wake_at <= ${horizon}
          order by s.next_wake_at limit (select agents + 1 from share)) s) as due
      from companies_now n left join moved m on m.company_id = n.company_id) turn
    where c.company_id = turn.company_id
    returning c.next_due_at <= ${horizon} as is_due)
  select coalesce((select sum(agents) from moved), 0)::int as due, (select count(*)::int from spared) as spared,
    (select count(*)::int from queued) as runs, (select count(*)::int from settled where not is_due) as settled,
    (select count(*) from (select 1 from company_schedules where next_due_at <= ${horizon} limit ${companies + 1}) c)
      > (select count(*) from settled where not is_due) as remains`;

/**
 * Advances the timers at these places of the table, if they are still due. By place, because no plan is better; the rest of
 * the condition is put so that no index fits it, or the planner would walk the whole index of a small table.
 */
function advance(places: SQL, further = sql``): SQL {
  return sql`
    update agent_schedules s set next_wake_at = ${nextSlot}${further}
    where s.ctid = any (array(${places})) and (s.enabled and s.next_wake_at <= ${horizon}) is true
    returning s.company_id, s.agent_id, old.next_wake_at as slot, s.next_wake_at as next`;
}
