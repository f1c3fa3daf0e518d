import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** The runs that a change of an issue let go. */
export interface Freed {
  freedRunIds: string[] | null;
}

/** A CTE of the issue whose lock went with the change. @param before a CTE of the issue as it was; after it is `changed` */
export const letGo = (before: string): SQL => sql`
  select changed.company_id, changed.id from changed join ${sql.identifier(before)} was on was.id = changed.id
  where was.checkout_run_id is not null and changed.checkout_run_id is null`;

/** What the CTE `freed` holds, as a column. */
export const freedRunIds = sql`(select array_agg(id) from freed) as freed_run_ids`;

/** Starts them, after the commit. */
export const dispatchFreed = ({ db: { companyId }, ports }: Ctx, { freedRunIds: runIds }: Freed): void =>
  ports.dispatch((runIds ?? []).map((runId) => ({ companyId, runId })));
