import { type RunResult, readSession } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { quietMinutes } from "./limits.ts";

/** What its runner did around it. */
const isOfExecutor = sql`(l.action like 'run.%' or l.action like 'issue.workspace_%' or l.action like 'tool_approval.%')`;
/** What a run's writes are, beside those with which it changed something for others. */
const ownAffairs = sql`('issue.checked_out', 'issue.released', 'issue.lock_released', 'cost.reported', 'agent.wake_requested', 'run.events_added')`;

/**
 * Whether a run `e` changed anything that somebody can see: it commented, moved an issue, asked for an approval. An agent that
 * calls with its key and names no run is known by what it did to the run's issue meanwhile.
 */
const changedSomething: SQL = sql`(exists (
    select 1 from activity_log l where l.company_id = e.company_id and l.run_id = e.id and l.actor_type = 'agent'
      and l.action not in ${ownAffairs} and not ${isOfExecutor})
  or exists (
    select 1 from activity_log l where l.company_id = e.company_id and l.entity_type = 'issue' and l.entity_id = e.issue_id::text
      and l.actor_id = e.agent_id::text and l.run_id is null and l.created_at >= e.started_at and l.action not in ${ownAffairs}))`;

/** The session that a result reports. */
const reportedSession = ({ sessionParams }: RunResult) => (sessionParams ? readSession(sessionParams) : null);

/**
 * A CTE that keeps what the next run of the same agent and task goes on from: the session, and how many runs in a row changed
 * nothing, with the pause that follows from it (2, 4, 8 … 30 minutes). A run that is tried again is no run in a row.
 * @param ended a CTE of the one ended run, with its columns
 * @param retry a CTE that holds a row when it is tried again
 */
export function keepTaskSession(ended: string, retry: string, result: RunResult): SQL {
  const session = reportedSession(result);
  const { first, longest } = quietMinutes;
  return sql`
    insert into agent_task_sessions as s (company_id, agent_id, task_key, issue_id, session_id, session_params, config_fingerprint, cwd, runner_id,
      last_run_id, last_run_status, last_error, run_count, fruitless_runs, quiet_until)
    select e.company_id, e.agent_id, coalesce(e.context_snapshot ->> 'taskKey', e.issue_id::text, 'agent'), e.issue_id, ${session?.id ?? null}::text,
      ${session ? JSON.stringify(result.sessionParams) : null}::jsonb, e.context_snapshot ->> 'configFingerprint', ${session?.cwd ?? null}::text, e.runner_id,
      e.id, e.status::text, e.error, 1, x.fruitless, case when x.fruitless > 0 then now() + make_interval(mins => ${first}) end
    from ${sql.identifier(ended)} e
    cross join lateral (select case when e.status in ('succeeded', 'failed') and not exists (select 1 from ${sql.identifier(retry)})
      and not ${changedSomething} then 1 else 0 end as fruitless) x
    on conflict (company_id, agent_id, task_key) do update set
      session_id = case when ${result.clearSession ?? false} then null else coalesce(excluded.session_id, s.session_id) end,
      session_params = case when ${result.clearSession ?? false} then null else coalesce(excluded.session_params, s.session_params) end,
      config_fingerprint = case when excluded.session_id is null then s.config_fingerprint else excluded.config_fingerprint end,
      cwd = case when excluded.session_id is null then s.cwd else excluded.cwd end,
      runner_id = case when excluded.session_id is null then s.runner_id else excluded.runner_id end,
      last_run_id = excluded.last_run_id, last_run_status = excluded.last_run_status, last_error = excluded.last_error,
      run_count = s.run_count + 1, updated_at = now(),
      fruitless_runs = case when excluded.fruitless_runs = 0 then 0 else s.fruitless_runs + 1 end,
      quiet_until = case when excluded.fruitless_runs > 0
        then now() + make_interval(secs => least(${longest}::float8, ${first}::float8 * power(2, least(s.fruitless_runs, 10))) * 60) end
    returning agent_id`;
}
