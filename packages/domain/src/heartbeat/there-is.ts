import { type SQL, sql } from "drizzle-orm";

/**
 * Whether a query has rows, where few or none are expected: all of them are counted. EXISTS would let the planner expect one
 * soon and read a whole table for it, because behind row security it can't know how rare a state is.
 */
export const thereIs = (query: SQL): SQL => sql`(select count(*) from (${query}) rare) > 0`;
