import { type SQL, sql } from "drizzle-orm";

/** At most so many are looked at again at once; the others follow them, or look by themselves when a lease ends. */
const freedAtOnce = 5;

/**
 * A CTE that lets runs go which waited for what has just ended: of the same agent, for the issues it held, and for the
 * company's limit. Oldest first. Those that somebody claims this very moment are left alone.
 * @param ended a CTE of ended runs, with `company_id`, `id`, `agent_id`
 * @param released a CTE of issues that they no longer hold, with `company_id` and `id`
 */
export const freedRuns = (ended: string, released: string): SQL => sql`
  update heartbeat_runs r set available_at = now(), updated_at = now() from (
    select q.company_id, q.id from heartbeat_runs q
    where q.status = 'queued' and q.available_at > now() and (q.company_id, q.id) in (
      (select w.company_id, w.id from ${sql.identifier(ended)} e join heartbeat_runs w on w.company_id = e.company_id and w.agent_id = e.agent_id
        where w.status = 'queued' and w.wait_reason in ('concurrency', 'task_running') order by w.id limit ${freedAtOnce})
      union all
      (select w.company_id, w.id from ${sql.identifier(released)} i join heartbeat_runs w on w.company_id = i.company_id and w.issue_id = i.id
        where w.status = 'queued' and w.wait_reason = 'issue_held' order by w.id limit ${freedAtOnce})
      union all
      (select w.company_id, w.id from (
          select distinct e.company_id from ${sql.identifier(ended)} e join companies c on c.id = e.company_id and c.max_concurrent_runs is not null) e
        join heartbeat_runs w on w.company_id = e.company_id
        where w.status = 'queued' and w.wait_reason = 'company_concurrency' order by w.id limit ${freedAtOnce}))
    for update of q skip locked) freed
  where r.company_id = freed.company_id and r.id = freed.id
  returning r.company_id, r.id`;

/** A CTE that lets the runs of agents in another CTE go which wait until tomorrow: their caps have changed. */
export const runsUnderCaps = (agents: string): SQL => sql`
  update heartbeat_runs r set available_at = now(), updated_at = now() from (
    select q.company_id, q.id from ${sql.identifier(agents)} a
    join heartbeat_runs q on q.company_id = a.company_id and q.agent_id = a.id
    where q.status = 'queued' and q.wait_reason in ('daily_runs', 'daily_cost') and q.available_at > now()
    for update of q skip locked) waiting
  where r.company_id = waiting.company_id and r.id = waiting.id
  returning r.company_id, r.id`;
