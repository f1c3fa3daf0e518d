import { type SQL, sql } from "drizzle-orm";
import { budgetRoom } from "../heartbeat/gates.ts";

/**
 * Joins the agent that is to take work, over the company and agent of the call and the issue `l`: `a`, its company `c`, and the
 * `room` that budgets leave. A join and not an expression, because this is the hot path: the budgets are looked up once.
 */
export const checkoutGateJoins = (companyId: string, agentId: string): SQL => sql`
  left join agents a on a.company_id = ${companyId}::uuid and a.id = ${agentId}::uuid
  left join companies c on c.id = a.company_id
  left join lateral (select ${budgetRoom(sql`l.project_id`)} as room offset 0) budget on true`;

/** Why that agent may not take work now, or null. */
export const checkoutGate: SQL = sql`case
  when a.id is null then 'no_agent'
  when c.status <> 'active' then 'company_' || c.status
  when budget.room is not null then budget.room ->> 'reason'
  when a.status in ('paused', 'terminated', 'pending_approval') then 'agent_' || a.status
end`;

/** The budget behind it, which the refusal shows. */
export const checkoutBudget: SQL = sql`budget.room - 'reason'`;
