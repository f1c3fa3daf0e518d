import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { type Ctx, systemActor } from "../context.ts";
import { policyActivity, policyParts } from "./policy-parts.ts";

/**
 * Looks at the budgets that agents share after a commit: costs of different agents that crossed a threshold together, and
 * could not see each other, are told by whichever looks last.
 */
export async function judgeSharedBudgets(ctx: Ctx): Promise<void> {
  const { companyId } = ctx.db;
  const own = { ...ctx, db: ctx.db.tagged("budgets.judge"), actor: systemActor, idempotency: null };
  await mutate(own, schema.budgetIncidents, {
    with: {
      policy: sql`
        select * from budget_policies p where p.company_id = ${companyId}::uuid and p.scope <> 'agent' and p.amount_cents is not null`,
      ...policyParts(companyId, "policy"),
    },
    activity: policyActivity,
    select: sql`select n.* from budget_reached n`,
  });
}

/** Whether agents of the company share a budget. */
export const hasSharedBudget = (companyId: string): SQL => sql`exists (
  select 1 from budget_policies p where p.company_id = ${companyId}::uuid and p.scope <> 'agent' and p.amount_cents is not null)`;
