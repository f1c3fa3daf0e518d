import type { CostByAgentModel } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

/** Spend by agent and model, highest first. */
export async function listCostsByAgentModel(
  ctx: Ctx,
  input: InputOf<"costs.byAgentModel">,
): Promise<Page<CostByAgentModel>> {
  return rankCosts(ctx, input, {
    by: { agent: sql`e.agent_id`, provider: sql`e.provider`, model: sql`e.model` },
    shown: sql`t.agent as "agentId", a.name as "agentName", t.provider, t.model`,
    joins: sql`join agents a on a.company_id = ${ctx.db.companyId}::uuid and a.id = t.agent`,
  });
}
