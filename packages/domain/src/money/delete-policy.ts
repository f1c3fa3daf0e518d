import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockAgentOfPolicy } from "./update-policy.ts";

/** Removes a budget with its incidents. What it stopped stays as it is until the board resumes it. */
export async function deletePolicy(ctx: Ctx, { id }: InputOf<"budgets.deletePolicy">): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.budgetPolicies>(ctx, schema.budgetPolicies, {
    before: lockAgentOfPolicy(companyId, id),
    with: {
      deleted: sql`delete from budget_policies where company_id = ${companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "budget_policy.deleted",
        entityType: "budget_policy",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('scope', scope, 'window', budget_window, 'amountCents', amount_cents)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "budget");
}
