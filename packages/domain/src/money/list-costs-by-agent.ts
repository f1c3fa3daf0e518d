import type { CostByAgent } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

/** Spend by agent, highest first. */
export async function listCostsByAgent(ctx: Ctx, input: InputOf<"costs.byAgent">): Promise<Page<CostByAgent>> {
  return rankCosts(ctx, input, {
    by: { key: sql`e.agent_id` },
    shown: sql`t.key as "agentId", a.name as "agentName", a.budget_monthly_cents::float8 as "budgetMonthlyCents"`,
    joins: sql`join agents a on a.company_id = ${ctx.db.companyId}::uuid and a.id = t.key`,
  });
}
