import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { freedRuns } from "./freed-runs.ts";
import { maxAttempts, retryPolicy } from "./limits.ts";
import { retryDelay, statesBefore } from "./run-guards.ts";

/** Whether a lease is over. */
export const leasesAreOver = sql`(select min(lease_expires_at) from heartbeat_runs where status = 'running') < now()`;

export interface ReapedRun {
  companyId: string;
  runId: string;
  status: "queued" | "cancelled" | "timed_out" | "lost";
  /** The run that tries a lost one's task again. */
  retryRunId: string | null;
}

/**
 * Ends the leases that ran out, over all companies, at most `limit` at a time and found by index. A run that its agent never
 * acknowledged is delivered again under the same `webhook-id`; one that was being cancelled is cancelled; one past its
 * deadline timed out; one that fell silent is lost and tried again by a new run. The issue is free either way.
 */
export async function reapRuns(system: Connection, limit: number): Promise<ReapedRun[]> {
  const rows = await system.raw<{
    company_id: string;
    id: string;
    status: ReapedRun["status"];
    retry_run_id: string | null;
  }>(
    sql`
    with ${expiredRuns(limit)},
    reaped as (
      update heartbeat_runs r set updated_at = now(), lease_expires_at = null, status = j.verdict::run_status,
        available_at = case when j.verdict = 'queued' then now() else r.available_at end,
        deadline_at = case when j.verdict = 'queued' then null else r.deadline_at end,
        finished_at = case when j.verdict = 'queued' then null else now() end,
        error_code = case when j.verdict = 'queued' then 'no_answer' when j.verdict = 'cancelled' then 'cancelled'
          when j.is_late then 'timeout' else 'lease_expired' end,
        error = case
          when j.verdict = 'queued' then 'The agent did not answer before the lease ended.'
          when j.verdict = 'cancelled' then 'Cancelled by the board.'
          when j.is_late then 'The run took longer than it may and did not stop when it was told to.'
          when j.verdict = 'timed_out' then 'The agent never answered, in ' || r.attempt || ' deliveries.'
          else 'The agent accepted the run and then fell silent: its lease ended.' end
      from judged j where r.company_id = j.company_id and r.id = j.id
      returning r.*, j.is_late),
    released as (
      update issues i set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
        status = case when i.status = 'in_progress' then 'todo' else i.status end
      from reaped where i.company_id = reaped.company_id and i.checkout_run_id = reaped.id
      returning i.company_id, i.id, i.identifier, reaped.id as run_id, reaped.agent_id),
    closed as (
      update wakes w set status = case reaped.status when 'cancelled' then 'skipped' else 'done' end::wake_status,
        skip_reason = case reaped.status when 'cancelled' then 'cancelled' end, resolved_at = now()
      from reaped where reaped.status <> 'queued' and w.company_id = reaped.company_id and w.id = reaped.wake_id
      returning w.company_id, w.id, w.hop, w.payload, w.task_key, reaped.id as run_id, reaped.agent_id, reaped.issue_id,
        reaped.status as run_status, reaped.is_late, reaped.retry_number),
    ${retriedRuns},
    freed as (${freedRuns("reaped", "released")}),
    noted as (
      insert into run_events (company_id, run_id, kind, message)
      select company_id, id, 'lease_ended', error from reaped),
    logged as (
      insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
      select company_id, 'system'::actor_type, 'system', 'Boardroom', case status when 'queued' then 'run.delivery_failed' else 'run.' || status end,
        'run', id::text, agent_id, id, jsonb_build_object('issueId', issue_id, 'error', error, 'errorCode', error_code) from reaped
      union all
      select company_id, 'system', 'system', 'Boardroom', 'issue.lock_released', 'issue', id::text, agent_id, run_id,
        jsonb_build_object('identifier', identifier, 'reason', 'lease_expired') from released)
    select reaped.company_id, reaped.id, reaped.status, retried.id as retry_run_id, ${rememberAgents}
    from reaped left join retried on retried.company_id = reaped.company_id and retried.retry_of_run_id = reaped.id`,
    { before: [], after: [restAgents] },
  );
  return rows.map((row) => ({
    companyId: row.company_id,
    runId: row.id,
    status: row.status,
    retryRunId: row.retry_run_id,
  }));
}

const rememberAgents = sql`(
  select set_config('app.reaped_agents', jsonb_agg(jsonb_build_object('company_id', company_id, 'id', agent_id))::text, true) from reaped)`;

/**
 * Who runs nothing any more is idle. A statement of its own after the runs have ended: its look at the other runs of an agent
 * is younger than the agent's lock, so that of two last runs one always sees that it was the last.
 */
const restAgents = sql`
  update agents a set status = 'idle', updated_at = now()
  from jsonb_to_recordset(nullif(current_setting('app.reaped_agents', true), '')::jsonb) as reaped (company_id uuid, id uuid)
  where a.company_id = reaped.company_id and a.id = reaped.id and a.status = 'running'
    and not exists (select 1 from heartbeat_runs o where o.company_id = a.company_id and o.agent_id = a.id and o.status = 'running')`;

/** Told to stop because its time was up, or working past its time without a word. */
const isLate = sql`coalesce(coalesce(e.cancel_requested_at, case when e.acknowledged_at is not null then now() end) >= e.deadline_at, false)`;

/** The CTEs up to `judged`: expired runs with what becomes of each, as the machine's `reap` says. */
const expiredRuns = (limit: number): SQL => sql`
  overdue as (
    select company_id, id, agent_id from heartbeat_runs where status = 'running' and lease_expires_at < now()
    order by lease_expires_at limit ${limit}),
  -- Agents before their runs, as everything that changes both; one that is busy is left to the next tick.
  agents_locked as (
    select a.company_id, a.id from agents a
    where (a.company_id, a.id) in (select company_id, agent_id from overdue) for update skip locked),
  expired as (
    select r.* from agents_locked a
    join overdue o on o.company_id = a.company_id and o.agent_id = a.id
    join heartbeat_runs r on r.company_id = o.company_id and r.id = o.id
    where r.status in ${statesBefore("reap")} and r.lease_expires_at < now() for update of r skip locked),
  judged as (
    select e.*, ${isLate} as is_late, case
        when ${isLate} then 'timed_out'
        when e.cancel_requested_at is not null then 'cancelled'
        when e.acknowledged_at is null and e.attempt < ${maxAttempts} then 'queued'
        when e.acknowledged_at is null then 'timed_out'
        else 'lost' end as verdict
    from expired e)`;

/** The CTEs up to `retried`: what fell silent is tried again by a new run; what took too long is not. */
const retriedRuns: SQL = sql`
  rewoken as (
    insert into wakes (company_id, agent_id, source, reason, trigger_detail, task_key, issue_id, payload, parent_run_id, run_id, hop)
    select company_id, agent_id, 'automation', 'run_lost', run_id::text, task_key, issue_id, payload, run_id, uuidv7(), hop
    from closed where run_status in ('lost', 'timed_out') and not is_late and issue_id is not null and retry_number < ${retryPolicy.lost.maxRetries}
    on conflict (company_id, agent_id, task_key) where status = 'open' do nothing
    returning *),
  retried as (
    insert into heartbeat_runs (company_id, id, agent_id, wake_id, issue_id, invocation_source, trigger_detail, retry_of_run_id, retry_number, available_at)
    select k.company_id, k.run_id, k.agent_id, k.id, k.issue_id, k.source, 'retry of a lost run', k.parent_run_id, c.retry_number + 1,
      now() + make_interval(secs => ${retryDelay("lost", sql`c.retry_number`, 0)})
    from rewoken k join closed c on c.company_id = k.company_id and c.run_id = k.parent_run_id
    returning company_id, id, retry_of_run_id)`;
