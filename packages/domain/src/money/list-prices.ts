import type { ModelPrice } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { knownPrices } from "./known-prices.ts";

/** As many of the company's own as anybody will name. */
const most = 500;

/** What models cost: the company's own prices, then those that Boardroom knows. */
export async function listPrices(ctx: Ctx): Promise<ModelPrice[]> {
  const own = await ctx.db.raw<ModelPrice>(sql`
    select id, provider, model, valid_from::text as "validFrom", null as "validUntil", input_cents::float8 as "inputCents",
      cached_input_cents::float8 as "cachedInputCents", output_cents::float8 as "outputCents"
    from model_prices where company_id = ${ctx.db.companyId}::uuid order by provider, model, valid_from desc limit ${most}::int`);
  const known = knownPrices.map(({ models, from, until, ...price }) => ({
    id: null,
    ...price,
    model: models[0] ?? "",
    validFrom: from,
    validUntil: until ?? null,
  }));
  return [...own, ...known];
}
