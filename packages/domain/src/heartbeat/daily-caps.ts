import { sql } from "drizzle-orm";

const dayStart = sql`date_trunc('day', now(), 'UTC')`;

/** Runs of the agent `a` that were begun today (UTC), also those that waited for it since yesterday. */
export const runsToday = sql`(
  select count(*)::int from heartbeat_runs d
  where d.company_id = a.company_id and d.agent_id = a.id and d.started_at >= ${dayStart})`;

/** What the agent `a` cost today (UTC), in cents. */
export const costToday = sql`coalesce((
  select sum(e.cost_cents) from cost_events e
  where e.company_id = a.company_id and e.agent_id = a.id and e.occurred_at >= ${dayStart}), 0)`;

/** The agent's own cap that is used up today, or null. */
export const dailyCap = sql`case
  when (a.runtime_config #>> '{heartbeat,maxRunsPerDay}')::int <= ${runsToday} then 'daily_runs'
  when (a.runtime_config #>> '{heartbeat,maxCostPerDayCents}')::numeric <= ${costToday} then 'daily_cost' end`;
