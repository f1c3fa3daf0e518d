import type { Company } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { companySpent } from "../heartbeat/gates.ts";
import type { InputOf } from "../input.ts";
import { monthlyPolicy } from "./monthly-policy.ts";
import { policyActivity, policyParts } from "./policy-parts.ts";

/** Sets the company's monthly budget. One that is used up by what was spent already is told at once. */
export async function setCompanyBudget(
  ctx: Ctx,
  { budgetMonthlyCents }: InputOf<"budgets.setCompany">,
): Promise<Company> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.companies, { spentMonthlyCents: number; freedRunIds: string[] | null }>(
    ctx,
    schema.companies,
    {
      with: {
        locked: sql`select * from companies where id = ${companyId}::uuid for update`,
        changed: sql`
          update companies c set budget_monthly_cents = ${budgetMonthlyCents}::numeric(20, 6), updated_at = now()
          from locked where c.id = locked.id returning c.*`,
        budget_change: sql`
          select changed.id, changed.budget_monthly_cents as budget, locked.budget_monthly_cents as old_budget from changed, locked`,
        policy: monthlyPolicy(
          "company",
          sql`select id as company_id, null::uuid as agent_id, budget_monthly_cents from changed`,
        ),
        ...policyParts(companyId, "policy"),
      },
      activity: [
        {
          from: "budget_change",
          action: "company.budget_changed",
          entityType: "company",
          entityId: sql`id`,
          details: sql`jsonb_build_object('from', old_budget, 'to', budget)`,
        },
        ...policyActivity,
      ],
      select: sql`
        select changed.*, ${companySpent(sql`changed.id`)}::float8 as spent_monthly_cents, (select array_agg(id) from budget_freed) as freed_run_ids
        from changed`,
    },
  );
  const company = found(rows[0], "company");
  ctx.ports.dispatch((company.freedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return company;
}
