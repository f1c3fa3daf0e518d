import type { BudgetPolicy } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type PolicyRow, shownPolicies, toPolicy } from "./policy-columns.ts";
import { policyActivity, policyParts } from "./policy-parts.ts";

interface Extras extends PolicyRow {
  freedRunIds: string[] | null;
}

/**
 * Changes a budget. One that is used up by that stops at once; one that has room again lifts its stop, lets go what waited for
 * room, and leaves it to the board to resume an agent.
 */
export async function updatePolicy(
  ctx: Ctx,
  { id, amountCents, alertPercent, hardStop }: InputOf<"budgets.updatePolicy">,
): Promise<BudgetPolicy> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.budgetPolicies, Extras>(ctx, schema.budgetPolicies, {
    before: lockAgentOfPolicy(companyId, id),
    with: {
      was: sql`select * from budget_policies where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      policy: sql`
        update budget_policies b set updated_at = now(),
          amount_cents = case when ${amountCents !== undefined} then ${amountCents ?? null}::numeric else b.amount_cents end,
          alert_percent = coalesce(${alertPercent ?? null}::int, b.alert_percent), hard_stop = coalesce(${hardStop ?? null}::boolean, b.hard_stop)
        from was where b.company_id = was.company_id and b.id = was.id returning b.*`,
      policy_change: sql`select policy.*, was.amount_cents as old_amount from policy, was`,
      ...policyParts(companyId, "policy"),
    },
    activity: [
      {
        from: "policy_change",
        action: "budget_policy.changed",
        entityType: "budget_policy",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('scope', scope, 'window', budget_window, 'from', old_amount, 'to', amount_cents,
          'alertPercent', alert_percent, 'hardStop', hard_stop)`,
      },
      ...policyActivity,
    ],
    select: sql`select shown.*, (select array_agg(id) from budget_freed) as freed_run_ids from (${shownPolicies(sql`policy`)}) shown`,
  });
  const policy = found(rows[0], "budget");
  ctx.ports.dispatch((policy.freedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return toPolicy(policy);
}

/** The agent before its budget, as everything that changes both. */
export const lockAgentOfPolicy = (companyId: string, policyId: string): SQL => sql`
  select 1 from agents where company_id = ${companyId}::uuid
    and id = (select agent_id from budget_policies where company_id = ${companyId}::uuid and id = ${policyId}::uuid) for no key update`;
