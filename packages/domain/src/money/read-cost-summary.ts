import type { CostSummary } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { inRange, utilizationPercent } from "./cost-range.ts";

/** What the company spent in a range, against its monthly budget. */
export async function readCostSummary(ctx: Ctx, range: InputOf<"costs.summary">): Promise<CostSummary> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.raw<{ spendCents: number; budgetCents: number | null }>(sql`
    select c.budget_monthly_cents::float8 as "budgetCents", (
      select coalesce(sum(e.cost_cents), 0)::float8 from cost_events e
      where e.company_id = c.id and ${inRange(sql`e.occurred_at`, range)}) as "spendCents"
    from companies c where c.id = ${companyId}::uuid`);
  const { spendCents, budgetCents } = found(row, "company");
  return { companyId, spendCents, budgetCents, utilizationPercent: utilizationPercent(spendCents, budgetCents) };
}
