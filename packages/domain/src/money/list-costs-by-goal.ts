import type { CostByGoal } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

/** Spend by goal, highest first; costs for no goal stand together under null. */
export async function listCostsByGoal(ctx: Ctx, input: InputOf<"costs.byGoal">): Promise<Page<CostByGoal>> {
  return rankCosts(ctx, input, {
    by: { key: sql`e.goal_id` },
    shown: sql`t.key as "goalId", g.title as "goalTitle"`,
    joins: sql`left join goals g on g.company_id = ${ctx.db.companyId}::uuid and g.id = t.key`,
  });
}
