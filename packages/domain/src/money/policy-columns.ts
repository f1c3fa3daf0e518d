import type { BudgetIncident, BudgetPolicy } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { utilizationPercent } from "./cost-range.ts";

/**
 * A policy with what its window holds, over a select of rows of the table in order.
 * @param policies a parenthesized select or the name of a CTE
 */
export const shownPolicies = (policies: SQL): SQL => sql`
  select p.id, p.company_id as "companyId", p.scope, p.agent_id as "agentId", p.project_id as "projectId",
    coalesce(a.name, r.name) as name, p.budget_window as window, p.window_days as "windowDays", p.amount_cents::float8 as "amountCents",
    p.alert_percent as "alertPercent", p.hard_stop as "hardStop", s.spent::float8 as "spentCents", s.reserved::float8 as "reservedCents",
    ${isoText(sql`budget_window_end(p.budget_window, p.window_days)`)} as "windowEndsAt",
    coalesce(p.hard_stop and s.spent >= p.amount_cents, false) as stopped, ${isoText(sql`p.created_at`)} as "createdAt",
    ${isoText(sql`p.updated_at`)} as "updatedAt"
  from ${policies} p
  cross join lateral (
    select budget_spent(row(p.*)::budget_policies) as spent, budget_outstanding(row(p.*)::budget_policies) as reserved offset 0) s
  left join agents a on a.company_id = p.company_id and a.id = p.agent_id
  left join projects r on r.company_id = p.company_id and r.id = p.project_id`;

export type PolicyRow = Omit<BudgetPolicy, "utilizationPercent">;

/** A row as the API shows it. Corrections may leave a window below nothing; then nothing was spent. */
export const toPolicy = (row: PolicyRow): BudgetPolicy => ({
  ...row,
  spentCents: Math.max(0, row.spentCents),
  utilizationPercent: Math.max(0, utilizationPercent(row.spentCents, row.amountCents)),
});

/** An incident with its policy, over a select of rows of the incidents' table. */
export const shownIncidents = (incidents: SQL): SQL => sql`
  select n.id, n.company_id as "companyId", n.policy_id as "policyId", p.scope, p.agent_id as "agentId", p.project_id as "projectId",
    coalesce(a.name, r.name) as name, p.budget_window as window, p.window_days as "windowDays", ${isoText(sql`n.window_ends_at`)} as "windowEndsAt",
    n.threshold, p.hard_stop as "hardStop", n.amount_cents::float8 as "amountCents", n.spent_cents::float8 as "spentCents",
    greatest(0, budget_spent(p))::float8 as "spentNowCents", n.status, n.action, n.approval_id as "approvalId", n.note,
    n.resolved_by_user_id as "resolvedByUserId", ${isoText(sql`n.resolved_at`)} as "resolvedAt", ${isoText(sql`n.created_at`)} as "createdAt"
  from ${incidents} n
  join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
  left join agents a on a.company_id = p.company_id and a.id = p.agent_id
  left join projects r on r.company_id = p.company_id and r.id = p.project_id`;

export type IncidentRow = BudgetIncident;
