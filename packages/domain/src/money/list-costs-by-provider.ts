import type { CostByProvider } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

/** Spend by provider, highest first. */
export async function listCostsByProvider(ctx: Ctx, input: InputOf<"costs.byProvider">): Promise<Page<CostByProvider>> {
  return rankCosts(ctx, input, {
    by: { key: sql`e.provider` },
    shown: sql`t.key as provider`,
  });
}
