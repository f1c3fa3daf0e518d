import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { openVersion, type SealedVersion } from "./open-secrets.ts";

/**
 * The values of the secrets that the calling run was given, or an agent with a key in the runs of it that go on: what it says is
 * masked by them. None for anybody else.
 */
export async function valuesOfCaller(ctx: Ctx): Promise<readonly string[]> {
  const { actor } = ctx;
  if (actor.kind === "run") return valuesOf(ctx, `run:${actor.runId}`, sql`e.run_id = ${actor.runId}::uuid`);
  if (actor.kind !== "agent") return [];
  return valuesOf(
    ctx,
    `agent:${actor.agentId}`,
    sql`e.run_id in (select r.id from heartbeat_runs r
      where r.company_id = e.company_id and r.agent_id = ${actor.agentId}::uuid and r.status = 'running')`,
  );
}

async function valuesOf(ctx: Ctx, who: string, isTheirs: ReturnType<typeof sql>): Promise<readonly string[]> {
  const { companyId } = ctx.db;
  const cacheKey = `${companyId}:${who}`;
  const known = ctx.ports.runSecrets.get(cacheKey);
  if (known) return known;
  const rows = await ctx.db.raw<SealedVersion>(sql`
    select distinct v.secret_id as id, v.version, v.sealed, v.data_key_version as "dataKeyVersion", k.wrapped
    from secret_access_events e
    join secret_versions v on v.company_id = e.company_id and v.secret_id = e.secret_id and v.version = e.secret_version and v.sealed is not null
    join company_data_keys k on k.company_id = v.company_id and k.version = v.data_key_version
    where e.company_id = ${companyId}::uuid and ${isTheirs}`);
  const values = await Promise.all(rows.map((row) => openVersion(ctx, row)));
  ctx.ports.runSecrets.set(cacheKey, values);
  return values;
}
