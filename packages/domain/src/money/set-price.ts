import type { ModelPrice } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Names what a model costs this company from a day on. What was estimated before stays as it is. */
export async function setPrice(ctx: Ctx, input: InputOf<"costs.setPrice">): Promise<ModelPrice> {
  const { rows } = await mutate<typeof schema.modelPrices, { validUntil: null }>(ctx, schema.modelPrices, {
    with: {
      named: sql`
        insert into model_prices (company_id, provider, model, valid_from, input_cents, cached_input_cents, output_cents)
        values (${ctx.db.companyId}::uuid, lower(${input.provider}), lower(${input.model}), ${input.validFrom}::date,
          ${input.inputCents}::numeric, ${input.cachedInputCents}::numeric, ${input.outputCents}::numeric)
        on conflict (company_id, provider, model, valid_from) do update set input_cents = excluded.input_cents,
          cached_input_cents = excluded.cached_input_cents, output_cents = excluded.output_cents
        returning *`,
    },
    activity: [
      {
        from: "named",
        action: "model_price.set",
        entityType: "model_price",
        entityId: sql`id`,
        details: sql`jsonb_build_object('provider', provider, 'model', model, 'validFrom', valid_from, 'inputCents', input_cents,
          'cachedInputCents', cached_input_cents, 'outputCents', output_cents)`,
      },
    ],
    select: sql`select named.*, null as "validUntil" from named`,
  });
  return found(rows[0], "price");
}
