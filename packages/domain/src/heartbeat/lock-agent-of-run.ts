import { type SQL, sql } from "drizzle-orm";

/**
 * Locks the agent of a run before the run: everything that changes both takes them in this order, and a count of the
 * agent's runs made after the lock is not older than it. Not against its key: who holds an issue and inserts a wake of the agent would
 * wait for one that waits for the issue.
 */
export const lockAgentOfRun = (companyId: string, runId: string): SQL => sql`
  select 1 from agents where company_id = ${companyId}::uuid
    and id = (select agent_id from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid) for no key update`;

/** Locks the wake of a run: a cause that merges into it comes before the look at the gates, or opens a wake of its own. */
export const lockWakeOfRun = (companyId: string, runId: string): SQL => sql`
  select 1 from wakes where company_id = ${companyId}::uuid
    and id = (select wake_id from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid) for no key update`;

/**
 * Keeps an issue that another run holds as it is while the run is judged: who gives it back at this moment comes before the look at the
 * gates, or finds the run among those that wait. Before the wake, because who changes an issue may have to wait for a wake.
 * Not where the run itself holds it: its own checkout locks the run first and then the issue.
 */
export const lockHeldIssueOfRun = (companyId: string, runId: string): SQL => sql`
  select 1 from issues where company_id = ${companyId}::uuid and checkout_run_id <> ${runId}::uuid
    and id = (select issue_id from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid) for share`;
