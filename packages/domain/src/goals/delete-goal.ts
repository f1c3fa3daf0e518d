import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Deletes a goal.
 * @throws BoardroomError conflict while a goal, a project or an issue refers to it
 */
export async function deleteGoal(ctx: Ctx, { id }: InputOf<"goals.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.goals, {
    with: {
      deleted: sql`delete from goals where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "goal.deleted",
        entityType: "goal",
        entityId: sql`id`,
        details: sql`jsonb_build_object('title', title)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "goal");
}
