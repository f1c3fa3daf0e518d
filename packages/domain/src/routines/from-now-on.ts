import { type SQL, sql } from "drizzle-orm";

/**
 * The moment after which the trigger `t` looks for its next slot when it starts anew: now, or the slot that it has fired a
 * moment ahead. The same slot again could not be stored, and the trigger would never get past it.
 */
export const fromNowOn: SQL = sql`greatest(now(), (
  select max(f.scheduled_for) from routine_runs f where f.company_id = t.company_id and f.trigger_id = t.id))`;
