import { randomUUID } from "node:crypto";
import type { TestBoardroom, TestCompany } from "@boardroom/testing";
import { newKey } from "../../src/keys.ts";
import { createTokens } from "../../src/tokens.ts";
import { bearer } from "./tenant.ts";

/** An agent in the middle of a run, and how it proves itself. */
export interface Racer {
  agentId: string;
  name: string;
  runId: string;
  headers: Record<string, string>;
}

/** So many agents, each in a run of its own; hired past the API, because a thousand hirings are not what is tried. */
export async function newCrowd(boardroom: TestBoardroom, { cid }: TestCompany, size: number): Promise<Racer[]> {
  const rows = await boardroom.ownerQuery<{ agentId: string; name: string; runId: string; fence: string }>(
    `with hired as (
       insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
       select $1, 'Racer ' || n, 'racer-' || $3 || '-' || n, 'general', 'http', '{"url":"http://127.0.0.1:9/","timeoutSec":5}',
         '{"heartbeat":{"enabled":false,"intervalSec":3600,"wakeOnDemand":true,"maxConcurrentRuns":1}}', '{"canCreateAgents":false}'
       from generate_series(1, $2) n returning *),
     woken as (
       insert into wakes (company_id, agent_id, source, reason, task_key, status)
       select company_id, id, 'on_demand', 'test', 'agent', 'claimed' from hired returning *),
     runs as (
       insert into heartbeat_runs (company_id, agent_id, wake_id, invocation_source, status, fence, started_at, acknowledged_at, lease_expires_at)
       select company_id, agent_id, id, 'on_demand', 'running', nextval('run_fence'), now(), now(), now() + interval '10 minutes' from woken
       returning *)
     select hired.id as "agentId", hired.name, runs.id as "runId", runs.fence from runs join hired on hired.id = runs.agent_id`,
    [cid, size, randomUUID().slice(0, 8)],
  );
  const tokens = createTokens(boardroom.addresses.jwtSecret);
  const expiresAt = new Date(Date.now() + 600_000).toISOString();
  return Promise.all(
    rows.map(async ({ agentId, name, runId, fence }) => {
      const claims = { companyId: cid, agentId, agentName: name, runId, fence: Number(fence), expiresAt };
      return { agentId, name, runId, headers: bearer(await tokens.mintRunToken(claims)) };
    }),
  );
}

/** The same agents with long-lived keys, naming their run or not. */
export async function withKeys(
  boardroom: TestBoardroom,
  { cid }: TestCompany,
  crowd: readonly Racer[],
  namesRun: boolean,
): Promise<Racer[]> {
  return Promise.all(
    crowd.map(async (racer) => {
      const { token, hash, prefix } = await newKey("bra");
      await boardroom.ownerQuery(
        "insert into agent_keys (company_id, agent_id, name, prefix, key_hash) values ($1, $2, 'key', $3, $4)",
        [cid, racer.agentId, prefix, hash],
      );
      return { ...racer, headers: { ...bearer(token), ...(namesRun && { "x-paperclip-run-id": racer.runId }) } };
    }),
  );
}
