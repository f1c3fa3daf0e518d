import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";

export interface UnarchivedLog {
  companyId: string;
  runId: string;
}

/** What ended just now is moved by whoever ended it. */
const leftAloneSeconds = 60;

/** Whether there are logs of ended runs that nobody moved. */
export const logsAreLeft = sql`(select min(finished_at) from heartbeat_runs where has_log and log_archived_at is null)
  < now() - make_interval(secs => ${leftAloneSeconds})`;

/** Logs of ended runs that are still in the database, over all companies, the oldest first. */
export async function listUnarchivedLogs(system: Connection, limit: number): Promise<UnarchivedLog[]> {
  const rows = await system.raw<{ company_id: string; id: string }>(sql`
    select company_id, id from heartbeat_runs
    where has_log and log_archived_at is null and finished_at < now() - make_interval(secs => ${leftAloneSeconds})
    order by finished_at limit ${limit}`);
  return rows.map((row) => ({ companyId: row.company_id, runId: row.id }));
}
