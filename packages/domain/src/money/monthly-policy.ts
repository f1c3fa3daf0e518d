import { type SQL, sql } from "drizzle-orm";

/**
 * A CTE that writes the monthly budget of an agent or company as the policy that it is, and answers its row. The column beside
 * it is written by the same statement; a trigger would follow, too late for it to be judged here.
 * @param from a select of company_id, agent_id and budget_monthly_cents
 */
export const monthlyPolicy = (scope: "agent" | "company", from: SQL): SQL => sql`
  insert into budget_policies as b (company_id, scope, agent_id, budget_window, amount_cents)
  select x.company_id, ${scope}::budget_policy_scope, x.agent_id, 'month', x.budget_monthly_cents from (${from}) x
  on conflict on constraint budget_policies_one do update set amount_cents = excluded.amount_cents, updated_at = now()
  returning b.*`;
