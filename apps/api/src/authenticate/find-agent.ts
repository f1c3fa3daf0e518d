import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";

export interface KeyedAgent {
  companyId: string;
  agentId: string;
  name: string;
  scopes: readonly string[];
  /** The run that the call names, when it is a live one of this agent. */
  runId: string | null;
  /** A run of it that goes on was given secrets. */
  hasSecrets: boolean;
}

/** Finds the agent of a key in one statement; notes at most once a minute that the key was used. Null when the key is dead. */
export async function findAgentByKey(
  system: Connection,
  hash: string,
  runId: string | null,
): Promise<KeyedAgent | null> {
  const [row] = await system.raw<{
    company_id: string;
    id: string;
    name: string;
    scopes: string[];
    run_id: string | null;
    has_secrets: boolean;
  }>(
    sql`with key as (
        select company_id, id, agent_id, scopes, last_used_at from agent_keys
        where key_hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())),
      touched as (
        update agent_keys k set last_used_at = now() from key
        where k.company_id = key.company_id and k.id = key.id
          and (key.last_used_at is null or key.last_used_at < now() - interval '1 minute'))
      select a.company_id, a.id, a.name, to_json(key.scopes) as scopes, r.id as run_id, exists (
          select 1 from heartbeat_runs g join secret_access_events e on e.company_id = g.company_id and e.run_id = g.id
          where g.company_id = a.company_id and g.agent_id = a.id and g.status = 'running') as has_secrets
      from key
      join agents a on a.company_id = key.company_id and a.id = key.agent_id and a.status <> 'terminated'
      left join heartbeat_runs r on r.company_id = a.company_id and r.id = ${runId}::uuid and r.agent_id = a.id
        and r.status = 'running' and r.lease_expires_at > now()`,
  );
  if (!row) return null;
  return {
    companyId: row.company_id,
    agentId: row.id,
    name: row.name,
    scopes: row.scopes,
    runId: row.run_id,
    hasSecrets: row.has_secrets,
  };
}
