import { type SQL, sql } from "drizzle-orm";

/** Whether a run that was given the version `v` still runs: then its value is needed to mask what the run says. */
export function isHeldByRun(version: string): SQL {
  const v = sql.identifier(version);
  return sql`exists (
    select 1 from secret_access_events e join heartbeat_runs r on r.company_id = e.company_id and r.id = e.run_id and r.status = 'running'
    where e.company_id = ${v}.company_id and e.secret_id = ${v}.secret_id and e.secret_version = ${v}.version)`;
}
