import type { BudgetPolicy } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type PolicyRow, shownPolicies, toPolicy } from "./policy-columns.ts";

/** All budgets, the newest first, with what their window holds now. */
export async function listPolicies(ctx: Ctx, input: InputOf<"budgets.policies">): Promise<Page<BudgetPolicy>> {
  const { limit, cursor, scope, agentId, projectId } = input;
  const [after] = readCursor(cursor, [cursorForms.id]) ?? [];
  const rows = await ctx.db.raw<PolicyRow>(sql`
    ${shownPolicies(sql`(
      select * from budget_policies where company_id = ${ctx.db.companyId}::uuid
        ${after ? sql`and id < ${after}::uuid` : sql``} ${scope ? sql`and scope = ${scope}::budget_policy_scope` : sql``}
        ${agentId ? sql`and agent_id = ${agentId}::uuid` : sql``} ${projectId ? sql`and project_id = ${projectId}::uuid` : sql``}
      order by id desc limit ${limit + 1}::int)`)}
    order by p.id desc`);
  return pageOf(rows.map(toPolicy), limit, (last) => [last.id]);
}
