import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { removeObject } from "./remove-object.ts";

/** Objects that one tick removes; the next ones go on. */
const maxObjects = 200;

/** Whether an object belongs to nothing: its upload broke off, or what named it was deleted. */
export const objectsAreOrphans = sql`(select min(orphan_at) from attachment_objects where orphan_at is not null) <= now()`;

/**
 * Removes objects that belong to nothing any more.
 * @returns how many
 * @throws AggregateError once all were tried, when some could not be removed
 */
export async function sweepObjects(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const orphans = await system.raw<{ company_id: string; id: string }>(sql`
    select company_id, id from attachment_objects where orphan_at <= now() order by orphan_at limit ${maxObjects}`);
  const failures: unknown[] = [];
  for (const { company_id, id } of orphans) {
    await removeObject(contextFor(company_id), id).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} objects could not be removed`);
  return orphans.length;
}
