import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { cursorForms, readCursor } from "./paging.ts";

/** What a cursor of a list that is ordered newest first by id leaves to show. */
export function olderThan(id: SQLWrapper, cursor: string | undefined): SQL | undefined {
  const [last] = readCursor(cursor, [cursorForms.id]) ?? [];
  return last === undefined ? undefined : sql`${id} < ${last}::uuid`;
}
