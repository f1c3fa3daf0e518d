import type pg from "pg";
import { randomText } from "./test-ports.ts";

export interface TestAgent {
  id: string;
  name: string;
}
export interface TestRun {
  id: string;
  fence: number;
}

/** Puts an agent into a company, past the rules of hiring. */
export async function addAgent(
  owner: pg.Pool,
  companyId: string,
  { name = `Agent ${randomText(6)}`, budgetCents = null as number | null, status = "idle" } = {},
): Promise<TestAgent> {
  const { rows } = await owner.query<{ id: string }>(
    `insert into agents (company_id, name, url_key, role, status, adapter_type, adapter_config, runtime_config, permissions, budget_monthly_cents)
     values ($1, $2, $3, 'general', $4, 'http', '{"url":"https://agents.example.com/hook"}',
       '{"heartbeat":{"enabled":false,"intervalSec":3600,"maxConcurrentRuns":5}}', '{}', $5) returning id`,
    [companyId, name, name.toLowerCase().replaceAll(" ", "-"), status, budgetCents],
  );
  return { id: String(rows[0]?.id), name };
}

/** Puts a run of an agent into the state it has after a claim, or into another one. */
export async function addRun(
  owner: pg.Pool,
  companyId: string,
  agent: TestAgent,
  { status = "running", leaseSeconds = 90, issueId = null as string | null, taskKey = randomText(12) } = {},
): Promise<TestRun> {
  const { rows } = await owner.query<{ id: string; fence: string }>(
    `with w as (
       insert into wakes (company_id, agent_id, source, reason, task_key, issue_id, status)
       values ($1, $2, 'assignment', 'issue_assigned', $3, $4, case when $5 = 'queued' then 'open' else 'claimed' end::wake_status) returning *)
     insert into heartbeat_runs (company_id, agent_id, wake_id, issue_id, invocation_source, status, started_at, lease_expires_at, fence)
     select $1, $2, w.id, $4, w.source, $5::run_status, now(),
       case when $5 = 'running' then now() + make_interval(secs => $6::int) end, nextval('run_fence') from w returning id, fence`,
    [companyId, agent.id, taskKey, issueId, status, leaseSeconds],
  );
  return { id: String(rows[0]?.id), fence: Number(rows[0]?.fence) };
}

/** The wakes of an agent, the oldest first, but for those that its own runs stand on. */
export async function storedWakes(owner: pg.Pool, agent: TestAgent) {
  const { rows } = await owner.query(
    "select reason, source, issue_id, payload, status, skip_reason, coalesced_count from wakes where agent_id = $1 and status <> 'claimed' order by id",
    [agent.id],
  );
  return rows;
}
