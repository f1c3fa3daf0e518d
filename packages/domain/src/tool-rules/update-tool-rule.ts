import type { ToolRule } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Changes a rule; what was decided by it stays decided. */
export async function updateToolRule(ctx: Ctx, { id, ...fields }: InputOf<"toolRules.update">): Promise<ToolRule> {
  const { rows } = await mutate(ctx, schema.toolRules, {
    with: {
      changed: sql`
        update tool_rules r set ${assign(schema.toolRules, fields)}
        where r.company_id = ${ctx.db.companyId}::uuid and r.id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "changed",
        action: "tool_rule.updated",
        entityType: "tool_rule",
        entityId: sql`id`,
        details: sql`jsonb_build_object('effect', effect, 'tool', tool, 'shape', shape, 'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
      },
    ],
    select: sql`select * from changed`,
  });
  return found(rows[0], "rule");
}
