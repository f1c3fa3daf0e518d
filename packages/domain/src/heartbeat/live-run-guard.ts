import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/**
 * True while the calling run still runs under its fence; true for everyone who doesn't call from within a run. Every write
 * carries it in its own statement, so that a run whose lease is gone changes nothing; refused with `lease_lost`.
 */
export function liveRunGuard({ actor, db }: Pick<Ctx, "actor" | "db">): SQL<boolean> {
  if (actor.kind !== "run") return sql<boolean>`true`;
  return sql<boolean>`exists (select 1 from heartbeat_runs live where live.company_id = ${db.companyId}::uuid
    and live.id = ${actor.runId}::uuid and live.fence = ${actor.fence}::bigint and live.status = 'running')`;
}
