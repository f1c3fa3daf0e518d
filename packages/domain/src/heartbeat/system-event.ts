import { type SQL, sql } from "drizzle-orm";

/**
 * A CTE that notes an event of the rows of another CTE; those need `company_id` and `id`, the run's.
 * @param message text expression over the CTE's columns, e.g. with its `attempt` or `error`
 */
export const systemEvent = (from: string, kind: string, message: SQL, data: SQL = sql`null::jsonb`): SQL => sql`
  insert into run_events (company_id, run_id, kind, message, data)
  select company_id, id, ${kind}::text, ${message}, ${data} from ${sql.identifier(from)}`;
