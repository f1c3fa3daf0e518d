import type { Row, schema } from "@boardroom/db";
import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { agentSpent } from "../heartbeat/gates.ts";

/** What an agent shows beside its own columns. */
export interface AgentExtras {
  spentMonthlyCents: number;
  nextWakeAt: string | null;
}
export type AgentRow = Row<typeof schema.agents, AgentExtras>;

const storedNextWake = sql`(
  select s.next_wake_at from agent_schedules s
  where s.company_id = a.company_id and s.agent_id = a.id and s.enabled)`;

/**
 * The select list of an agent as the API shows it, over the alias `a`.
 * @param nextWakeAt where the statement itself changes the schedule, as `scheduledWake`
 */
export const agentColumns = (nextWakeAt: SQL = storedNextWake): SQL => sql`
  a.*, (${agentSpent(sql`a.company_id`, sql`a.id`)})::float8 as spent_monthly_cents, ${isoText(nextWakeAt)} as next_wake_at`;
