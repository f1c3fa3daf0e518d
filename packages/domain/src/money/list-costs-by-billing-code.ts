import type { CostByBillingCode } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

/** Spend by billing code, highest first; costs without one stand together under null. */
export async function listCostsByBillingCode(
  ctx: Ctx,
  input: InputOf<"costs.byBillingCode">,
): Promise<Page<CostByBillingCode>> {
  return rankCosts(ctx, input, {
    by: { key: sql`e.billing_code` },
    shown: sql`t.key as "billingCode"`,
  });
}
