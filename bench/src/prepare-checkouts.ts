import type { Tokens } from "@boardroom/api";
import pg from "pg";

/** One checkout that can be made: an issue, and the run that takes it. */
export interface CheckoutJob {
  companyId: string;
  issueId: string;
  agentId: string;
  runId: string;
  fence: number;
  token: string;
}

export interface PreparedCompany {
  /** Fresh issues, spread over the agents. */
  take(count: number): Promise<CheckoutJob[]>;
}

/** A company whose agents all have a run that lasts, made as the owner of the database. */
export async function prepareCheckouts(ownerUrl: string, tokens: Tokens, agentCount: number): Promise<PreparedCompany> {
  const companyId = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "insert into companies (name, issue_prefix) values ('Bench', 'BENCH') returning id",
    );
    const id = String(rows[0]?.id);
    await client.query(
      `with agent as (
         insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions, status)
         select $1, 'Agent ' || n, 'agent-' || n, 'engineer', 'http', '{"url":"http://127.0.0.1:1/","timeoutSec":5}',
           '{"heartbeat":{"enabled":false,"intervalSec":3600,"wakeOnDemand":true,"maxConcurrentRuns":1}}', '{"canCreateAgents":false}', 'running'
         from generate_series(1, $2::int) n returning company_id, id),
       wake as (
         insert into wakes (company_id, agent_id, source, reason, task_key, status)
         select company_id, id, 'on_demand', 'bench', 'agent', 'claimed' from agent returning company_id, id, agent_id)
       insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, attempt, started_at, lease_expires_at, fence)
       select company_id, agent_id, id, 'on_demand', 'running', 1, now(), now() + interval '1 hour', nextval('run_fence') from wake`,
      [id, agentCount],
    );
    return id;
  });
  const runs = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ agentId: string; runId: string; fence: string }>(
      `select agent_id as "agentId", id as "runId", fence from heartbeat_runs where company_id = $1`,
      [companyId],
    );
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    return Promise.all(
      rows.map(async ({ agentId, runId, fence }) => {
        const claims = { companyId, agentId, agentName: "Agent", runId, fence: Number(fence), expiresAt };
        return { companyId, agentId, runId, fence: Number(fence), token: await tokens.mintRunToken(claims) };
      }),
    );
  });
  let made = 0;
  return {
    async take(count) {
      const issues = await withClient(ownerUrl, async (client) => {
        const { rows } = await client.query<{ id: string }>(
          `insert into issues (company_id, identifier, issue_number, title)
           select $1, 'BENCH-' || n, n, 'Issue ' || n from generate_series($2::int + 1, $2::int + $3::int) n returning id`,
          [companyId, made, count],
        );
        await client.query("vacuum analyze issues, activity_log, heartbeat_runs");
        return rows;
      });
      made += count;
      return issues.map(({ id }, index) => ({ ...pick(runs, index), issueId: id }));
    },
  };
}

function pick<T>(items: readonly T[], index: number): T {
  const item = items[index % items.length];
  if (item === undefined) throw new Error("There is nothing to pick from");
  return item;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
