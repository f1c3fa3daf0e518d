import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/**
 * A CTE with a row while the calling run still runs, and always for who calls from no run. It keeps the run as it is until
 * the transaction ends: a lock that is taken for a run can't outlive it.
 */
export function liveCaller({ actor, db }: Pick<Ctx, "actor" | "db">): SQL {
  if (actor.runId === null) return sql`select 1`;
  const fence = actor.kind === "run" ? sql`and fence = ${actor.fence}::bigint` : sql``;
  return sql`
    select 1 from heartbeat_runs where company_id = ${db.companyId}::uuid and id = ${actor.runId}::uuid ${fence}
      and status = 'running' and lease_expires_at > now() for share`;
}

/**
 * True while the calling run still runs under its fence; true for everyone who doesn't call from within a run. Every write
 * carries it in its own statement, so that a run whose lease is gone changes nothing; refused with `lease_lost`.
 */
export function liveRunGuard({ actor, db }: Pick<Ctx, "actor" | "db">): SQL<boolean> {
  if (actor.kind !== "run") return sql<boolean>`true`;
  return sql<boolean>`exists (select 1 from heartbeat_runs live where live.company_id = ${db.companyId}::uuid
    and live.id = ${actor.runId}::uuid and live.fence = ${actor.fence}::bigint and live.status = 'running'
    and live.lease_expires_at > now())`;
}
