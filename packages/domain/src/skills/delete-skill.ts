import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Deletes a skill; later runs no longer have it. */
export async function deleteSkill(ctx: Ctx, { key }: InputOf<"skills.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.companySkills, {
    with: {
      deleted: sql`delete from company_skills where company_id = ${ctx.db.companyId}::uuid and key = ${key} returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "skill.deleted",
        entityType: "skill",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "skill");
}
