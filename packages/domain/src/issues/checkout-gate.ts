import { type SQL, sql } from "drizzle-orm";
import { agentSpent, companySpent } from "../heartbeat/gates.ts";

/**
 * One row for the agent that may take work, none when there is no such agent: `gate` is why it may not now, or null, with the
 * budget that stands against it. A company's sum is built only where the company has a budget.
 */
export const checkoutGate = (companyId: string, agentId: string): SQL => sql`
  select o.agent_id, o.gate,
    case when o.gate = 'company_budget_exhausted' then 'company' else 'agent' end as scope,
    case when o.gate = 'company_budget_exhausted' then o.company_budget else o.agent_budget end as budget_cents,
    case when o.gate = 'company_budget_exhausted' then o.company_spent else o.agent_spent end as spent_cents
  from (
    select m.*, case
        when m.company_status <> 'active' then 'company_' || m.company_status
        when m.agent_spent >= m.agent_budget then 'budget_exhausted'
        when m.company_spent >= m.company_budget then 'company_budget_exhausted'
        when m.status in ('paused', 'terminated', 'pending_approval') then 'agent_' || m.status
      end as gate
    from (
      select a.id as agent_id, a.status, c.status as company_status, a.budget_monthly_cents as agent_budget,
        c.budget_monthly_cents as company_budget,
        case when a.budget_monthly_cents is not null then ${agentSpent(sql`a.company_id`, sql`a.id`)} end as agent_spent,
        case when c.budget_monthly_cents is not null then ${companySpent(sql`a.company_id`)} end as company_spent
      from agents a join companies c on c.id = a.company_id
      where a.company_id = ${companyId}::uuid and a.id = ${agentId}::uuid) m) o`;
