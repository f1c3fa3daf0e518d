import { type SQL, sql } from "drizzle-orm";
import { currentMonth } from "../heartbeat/gates.ts";

/**
 * Joins the agent that is to take work, over the company and agent of the call: `a`, its company `c`, and what both spent this
 * month. Joins and not expressions, because this is the hot path: each number is looked up once, and a company's sum is built
 * only where the company has a budget.
 */
export const checkoutGateJoins = (companyId: string, agentId: string): SQL => sql`
  left join agents a on a.company_id = ${companyId}::uuid and a.id = ${agentId}::uuid
  left join companies c on c.id = a.company_id
  left join budget_spend b on b.company_id = a.company_id and b.scope = 'agent' and b.scope_id = a.id and b.month = ${currentMonth}
  left join lateral (
    select coalesce(sum(o.spent_cents), 0) as cents from budget_spend o
    where o.company_id = c.id and o.scope = 'agent' and o.month = ${currentMonth} and c.budget_monthly_cents is not null) total on true`;

/** Why that agent may not take work now, or null. */
export const checkoutGate: SQL = sql`case
  when a.id is null then 'no_agent'
  when c.status <> 'active' then 'company_' || c.status
  when a.budget_monthly_cents <= coalesce(b.spent_cents, 0) then 'budget_exhausted'
  when c.budget_monthly_cents <= total.cents then 'company_budget_exhausted'
  when a.status in ('paused', 'terminated', 'pending_approval') then 'agent_' || a.status
end`;

/** The budgets behind it, as JSON of which the refusal shows one. */
export const checkoutBudgets: SQL = sql`jsonb_build_object(
  'budget_exhausted', jsonb_build_object('scope', 'agent', 'budgetCents', a.budget_monthly_cents, 'spentCents', coalesce(b.spent_cents, 0)),
  'company_budget_exhausted', jsonb_build_object('scope', 'company', 'budgetCents', c.budget_monthly_cents, 'spentCents', total.cents))`;
