import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Deletes a rule; what was decided by it stays decided. */
export async function deleteToolRule(ctx: Ctx, { id }: InputOf<"toolRules.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.toolRules, {
    with: {
      deleted: sql`delete from tool_rules where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "tool_rule.deleted",
        entityType: "tool_rule",
        entityId: sql`id`,
        details: sql`jsonb_build_object('effect', effect, 'tool', tool, 'shape', shape)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "rule");
}
