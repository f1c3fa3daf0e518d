import { compileStatement } from "@boardroom/db";
import { timerPhase } from "@boardroom/domain";
import { sql } from "drizzle-orm";
import type pg from "pg";

export interface Fleet {
  agents: number;
  /** Of 100 agents so many have open work. */
  withWork: number;
}

const agentsPerCompany = 100;
export const intervalSec = 3600;

/**
 * Fills an empty database with companies of 100 agents and one issue each, open or done. Agents of one company don't lie
 * side by side, as they would not where they are hired one after the other. Triggers and foreign keys rest meanwhile;
 * nothing here breaks them.
 */
export async function loadFleet(owner: pg.Client, { agents, withWork }: Fleet): Promise<void> {
  const companies = Math.max(1, Math.round(agents / agentsPerCompany));
  await owner.query("set session_replication_role = replica");
  await owner.query(
    "insert into companies (name, issue_prefix) select 'Company ' || n, 'C' || n from generate_series(1, $1::int) n",
    [companies],
  );
  await owner.query(
    "create table numbered as select id as company_id, (row_number() over (order by id) - 1)::int as number from companies",
  );
  await owner.query("create unique index on numbered (number)");
  await owner.query(
    `insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
     select c.company_id, 'Agent ' || n, 'agent-' || n, 'engineer', 'http', '{"url":"https://agents.example.com/hook","timeoutSec":30}',
       jsonb_build_object('heartbeat', jsonb_build_object('enabled', true, 'intervalSec', $3::int, 'wakeOnDemand', true, 'maxConcurrentRuns', 1)),
       '{"canCreateAgents":false}'
     from generate_series(0, $1::int - 1) n join numbered c on c.number = n % $2::int order by n`,
    [agents, companies, intervalSec],
  );
  await owner.query(
    `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id)
     select company_id, 'W-' || n, n, 'Work', case when hashtext(id::text) & 65535 < 65536 * $1::int / 100 then 'todo' else 'done' end::issue_status, id
     from (select company_id, id, row_number() over (order by id) as n from agents) a`,
    [withWork],
  );
  await owner.query("set session_replication_role = origin");
  await owner.query("vacuum analyze companies, agents, issues");
}

/** All timers are overdue by up to ten minutes: an expression over the agent's `id`. */
export const overdue = "now() - make_interval(secs => 1 + mod(hashtext(id::text) & 2147483647, 600))";

/** All timers lie within the coming hour, where hiring puts them. */
export function phased(): string {
  const { text, params } = compileStatement(timerPhase(sql.raw("id"), sql.raw(String(intervalSec))));
  if (params.length > 0) throw new Error("The phase is an expression without parameters");
  return `now() + make_interval(secs => 1 + ${text})`;
}

/**
 * Gives each agent a timer, due by an expression over the agent, and each with work a past wake and run. Leaves the tables as
 * they are after a vacuum.
 */
export async function setTimers(owner: pg.Client, nextWakeAt: string): Promise<void> {
  await owner.query("set session_replication_role = replica");
  await owner.query("truncate wakes, heartbeat_runs, agent_schedules, company_schedules cascade");
  await owner.query(
    `with w as (
       insert into wakes (company_id, agent_id, source, reason, task_key, status, resolved_at)
       select company_id, assignee_agent_id, 'timer', 'timer', 'agent', 'done', now() from issues where status = 'todo' returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, fence, finished_at)
     select company_id, agent_id, id, source, 'succeeded', nextval('run_fence'), now() from w`,
  );
  await owner.query(
    `insert into agent_schedules (company_id, agent_id, interval_sec, next_wake_at, enabled)
     select company_id, id, $1, ${nextWakeAt}, true from agents order by id`,
    [intervalSec],
  );
  await owner.query(
    "insert into company_schedules select company_id, min(next_wake_at) from agent_schedules group by company_id",
  );
  await owner.query("set session_replication_role = origin");
  await owner.query("vacuum analyze agent_schedules, company_schedules, wakes, heartbeat_runs");
  await owner.query("checkpoint");
}
