import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Deletes a project.
 * @throws BoardroomError conflict while an issue is in it
 */
export async function deleteProject(ctx: Ctx, { id }: InputOf<"projects.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.projects, {
    with: {
      deleted: sql`delete from projects where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "project.deleted",
        entityType: "project",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "project");
}
