import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Deletes a label and takes it off its issues. */
export async function deleteLabel(ctx: Ctx, { id }: InputOf<"labels.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.labels, {
    with: {
      deleted: sql`delete from labels where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "label.deleted",
        entityType: "label",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "label");
}
