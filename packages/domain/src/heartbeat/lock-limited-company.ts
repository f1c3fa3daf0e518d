import { type SQL, sql } from "drizzle-orm";

/**
 * Makes claims in a company that limits its runs wait for each other, so that they count each other, and for ends, so that
 * these find whoever had to wait. Comes after the agent's lock. A company without a limit shares nothing.
 */
export const lockLimitedCompany = (companyId: string): SQL => sql`
  select pg_advisory_xact_lock(hashtextextended('runs' || id::text, 0)) from companies
  where id = ${companyId}::uuid and max_concurrent_runs is not null`;
