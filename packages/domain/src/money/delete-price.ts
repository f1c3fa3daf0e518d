import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Forgets a price of the company's own. */
export async function deletePrice(ctx: Ctx, { id }: InputOf<"costs.deletePrice">): Promise<void> {
  const { rows } = await mutate<typeof schema.modelPrices>(ctx, schema.modelPrices, {
    with: {
      deleted: sql`delete from model_prices where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "model_price.deleted",
        entityType: "model_price",
        entityId: sql`id`,
        details: sql`jsonb_build_object('provider', provider, 'model', model, 'validFrom', valid_from)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "price");
}
