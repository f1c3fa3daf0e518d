import type { Label } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Renames a label or gives it another colour.
 * @throws BoardroomError already_exists when the name is taken
 */
export async function updateLabel(ctx: Ctx, { id, name, color }: InputOf<"labels.update">): Promise<Label> {
  const { rows } = await mutate(ctx, schema.labels, {
    with: {
      updated: sql`
        update labels set ${assign(schema.labels, { companyId: ctx.db.companyId, name, color })}
        where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "updated",
        action: "label.updated",
        entityType: "label",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'color', color)`,
      },
    ],
    select: sql`select * from updated`,
  });
  return found(rows[0], "label");
}
