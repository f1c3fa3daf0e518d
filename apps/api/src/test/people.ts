import { newKey } from "../keys.ts";
import { publicUrl, type TestApi } from "./use-api.ts";

export interface TestOwner {
  userId: string;
  companyId: string;
  prefix: string;
  /** Headers of a signed-in browser on a page of the board. */
  browser: Record<string, string>;
}

/** Signs a person up through Better Auth and founds a company for them. */
export async function newOwner(api: TestApi, role = "owner"): Promise<TestOwner> {
  const email = `p${crypto.randomUUID()}@example.com`;
  const answer = await api.send("POST", "/api/auth/sign-up/email", {
    headers: { origin: publicUrl },
    body: { name: "Olga Owner", email, password: "correct horse" },
  });
  if (answer.status !== 200) throw new Error(`Sign-up answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  const userId = String(answer.body.user.id);
  const prefix = `T${crypto.randomUUID().slice(0, 8).toUpperCase()}`;
  const companyId = await insert(api, "companies (name, issue_prefix) values ('Acme', $1)", [prefix]);
  await insert(api, "memberships (company_id, user_id, display_name, role) values ($1, $2, 'Olga', $3)", [
    companyId,
    userId,
    role,
  ]);
  const cookie = answer.headers.getSetCookie().map((each) => each.split(";")[0]);
  return { userId, companyId, prefix, browser: { cookie: cookie.join("; "), origin: publicUrl } };
}

export interface TestAgent {
  agentId: string;
  runId: string;
  fence: number;
}

/** An agent in the middle of a run. */
export async function newAgent(api: TestApi, companyId: string): Promise<TestAgent> {
  const agentId = await insert(
    api,
    `agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
     values ($1, 'Ada', $2, 'general', 'http', '{"url":"https://example.com/","timeoutSec":5}',
       '{"heartbeat":{"enabled":false,"intervalSec":3600,"wakeOnDemand":true,"maxConcurrentRuns":1}}', '{"canCreateAgents":false}')`,
    [companyId, crypto.randomUUID()],
  );
  const wakeId = await insert(
    api,
    "wakes (company_id, agent_id, source, reason, task_key, status) values ($1, $2, 'on_demand', 'test', 'agent', 'claimed')",
    [companyId, agentId],
  );
  const runId = await insert(
    api,
    `heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, fence, started_at, lease_expires_at)
     values ($1, $2, $3, 'on_demand', 'running', 1, now(), now() + interval '90 seconds')`,
    [companyId, agentId, wakeId],
  );
  return { agentId, runId, fence: 1 };
}

export async function newAgentKey(
  api: TestApi,
  companyId: string,
  agentId: string,
  scopes: string[] = [],
): Promise<string> {
  const { token, hash, prefix } = await newKey("bra");
  await insert(
    api,
    "agent_keys (company_id, agent_id, name, prefix, key_hash, scopes) values ($1, $2, 'key', $3, $4, $5)",
    [companyId, agentId, prefix, hash, scopes],
  );
  return token;
}

export async function newBoardKey(api: TestApi, userId: string, scopes: string[] = []): Promise<string> {
  const { token, hash, prefix } = await newKey("brb");
  await insert(api, "board_keys (user_id, name, prefix, key_hash, scopes) values ($1, 'key', $2, $3, $4)", [
    userId,
    prefix,
    hash,
    scopes,
  ]);
  return token;
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Inserts a row as the owner of the database and answers its id. */
export async function insert(api: TestApi, into: string, params: unknown[]): Promise<string> {
  const { rows } = await api.owner.query<{ id: string }>(`insert into ${into} returning id`, params);
  return String(rows[0]?.id);
}
