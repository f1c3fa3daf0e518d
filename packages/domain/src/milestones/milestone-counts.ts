import { type SQL, sql } from "drizzle-orm";

/** How far a milestone is. */
export interface MilestoneCounts {
  issueCount: number;
  doneCount: number;
}

/** A lateral `counts` with the issues of the row `table`, as stored before the statement; cancelled ones don't count. */
export const milestoneCounts = (table: string): SQL => sql`lateral (
  select count(*) filter (where n.status <> 'cancelled')::int as issue_count, count(*) filter (where n.status = 'done')::int as done_count
  from issues n where n.company_id = ${sql.identifier(table)}.company_id and n.project_id = ${sql.identifier(table)}.project_id
    and n.milestone_id = ${sql.identifier(table)}.id) counts`;
