import { type SQL, sql } from "drizzle-orm";

/**
 * Makes moves in one tree of a company wait for each other: two at once could close a circle that neither sees. Runs as
 * the `before` of a mutation, so that its guard looks after the lock was given.
 */
export const lockTree = (companyId: string, tree: "goals" | "agents" | "issues"): SQL =>
  sql`select pg_advisory_xact_lock(hashtextextended(${tree}::text || ${companyId}::text, 0))`;
