import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { maxHops } from "./limits.ts";

/**
 * Work is looked at when nobody touched it for 2, 4, 8 … minutes, up to eleven days: often while it is new, and never all of
 * it in one minute.
 */
const agesMinutes = Array.from({ length: 14 }, (_, doubling) => 2 ** (doubling + 1));
/** Wider than a minute, so that a tick may be missed. */
const windowMinutes = 3;
// As so many ranges of one index: from their bounds the planner sees that they are narrow.
const isOfAge = sql.join(
  agesMinutes.map(
    (minutes) => sql`(o.updated_at <= now() - make_interval(mins => ${minutes})
      and o.updated_at > now() - make_interval(mins => ${minutes + windowMinutes}))`,
  ),
  sql` or `,
);
const isLeft = sql`o.status = 'in_progress' and o.checkout_run_id is null and o.assignee_agent_id is not null`;

/** Whether there is work that nobody carries on, of whatever age. */
export const workIsLeft = sql`(select min(o.updated_at) from issues o where ${isLeft}) <= now() - make_interval(mins => ${agesMinutes[0]})`;

/**
 * Wakes the agents whose work is in progress but carried on by nobody: no run holds it, none is queued or running for it, no
 * wake is open, and no timer will come. Once for each last run of the task, so that a task which comes to nothing costs one
 * run at a time and its chain ends at `maxHops`, with a skipped wake that says so.
 * @returns how many wakes were stored
 */
export async function recoverStranded(system: Connection, limit: number): Promise<number> {
  const rows = await system.raw(sql`
    with left_alone as materialized (
      select o.company_id, o.id, o.assignee_agent_id from issues o where ${isLeft} and (${isOfAge})
        -- Looks no further where there is no such work at all.
        and ${workIsLeft}),
    stranded as materialized (
      select i.company_id, i.id as issue_id, a.id as agent_id, i.id::text as task_key, last.id as last_run_id, coalesce(last.hop, 0) + 1 as hop,
        wanted.key,
        (a.runtime_config #>> '{heartbeat,wakeOnDemand}')::boolean is false as sleeps
      from left_alone i
      join companies c on c.id = i.company_id and c.status = 'active'
      join agents a on a.company_id = i.company_id and a.id = i.assignee_agent_id and a.status in ('idle', 'active', 'running')
      left join lateral (
        select r.id, w.hop from heartbeat_runs r join wakes w on w.company_id = r.company_id and w.id = r.wake_id
        where r.company_id = i.company_id and r.issue_id = i.id order by r.id desc limit 1) last on true
      cross join lateral (select 'stranded:' || i.id || ':' || coalesce(last.id::text, 'none') as key) wanted
      where not exists (
          select 1 from agent_schedules s where s.company_id = a.company_id and s.agent_id = a.id and s.enabled)
        and not exists (
          select 1 from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id and r.status in ('queued', 'running')
            and r.issue_id = i.id)
        and not exists (
          select 1 from wakes w where w.company_id = a.company_id and w.agent_id = a.id and w.task_key = i.id::text and w.status = 'open')
        and not exists (
          select 1 from wakes w where w.company_id = i.company_id and w.idempotency_key = wanted.key)
      limit ${limit}),
    woken as (
      insert into wakes as w (company_id, agent_id, source, reason, task_key, issue_id, idempotency_key, parent_run_id, run_id, hop,
        status, skip_reason, resolved_at)
      select company_id, agent_id, 'automation'::invocation_source, 'issue_stranded', task_key, issue_id,
        key, last_run_id, case when skip.reason is null then uuidv7() end, hop,
        case when skip.reason is null then 'open' else 'skipped' end::wake_status, skip.reason, case when skip.reason is not null then now() end
      from stranded cross join lateral (
        select case when hop > ${maxHops} then 'hop_limit' when sleeps then 'wake_on_demand_off' end as reason) skip
      order by company_id, agent_id, task_key
      on conflict do nothing
      returning w.*),
    queued as (
      insert into heartbeat_runs (company_id, id, agent_id, wake_id, issue_id, invocation_source)
      select company_id, run_id, agent_id, id, issue_id, source from woken where status = 'open'),
    logged as (
      insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
      select company_id, 'system'::actor_type, 'system', 'Boardroom', 'wake.skipped', 'agent', agent_id::text, agent_id, parent_run_id,
        jsonb_build_object('reason', skip_reason, 'cause', reason, 'issueId', issue_id, 'hop', hop)
      from woken where status = 'skipped')
    select 1 from woken`);
  return rows.length;
}
