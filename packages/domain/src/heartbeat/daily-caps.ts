import { sql } from "drizzle-orm";

const dayStart = sql`date_trunc('day', now(), 'UTC')`;
/** The least id that a row made since midnight UTC can have: ids begin with their time. */
const dayStartId = sql`(lpad(to_hex((extract(epoch from ${dayStart}) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid`;

/** Runs of the agent `a` that were begun today (UTC). */
export const runsToday = sql`(
  select count(*)::int from heartbeat_runs d
  where d.company_id = a.company_id and d.agent_id = a.id and d.id >= ${dayStartId} and d.fence is not null)`;

/** What the agent `a` cost today (UTC), in cents. */
export const costToday = sql`coalesce((
  select sum(e.cost_cents) from cost_events e
  where e.company_id = a.company_id and e.agent_id = a.id and e.occurred_at >= ${dayStart}), 0)`;

/** The agent's own cap that is used up today, or null. */
export const dailyCap = sql`case
  when (a.runtime_config #>> '{heartbeat,maxRunsPerDay}')::int <= ${runsToday} then 'daily_runs'
  when (a.runtime_config #>> '{heartbeat,maxCostPerDayCents}')::numeric <= ${costToday} then 'daily_cost' end`;
