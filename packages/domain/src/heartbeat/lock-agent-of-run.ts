import { type SQL, sql } from "drizzle-orm";

/**
 * Locks the agent of a run before the run: everything that changes both takes them in this order, and a count of the
 * agent's runs made after the lock is not older than it.
 */
export const lockAgentOfRun = (companyId: string, runId: string): SQL => sql`
  select 1 from agents where company_id = ${companyId}::uuid
    and id = (select agent_id from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid) for update`;
