import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/**
 * Forgets a workspace; nothing on any machine is touched.
 * @throws BoardroomError conflict when issues were worked on in it
 */
export async function deleteProjectWorkspace(ctx: Ctx, { id }: InputOf<"projectWorkspaces.delete">): Promise<void> {
  const { rows } = await mutate(ctx, schema.projectWorkspaces, {
    with: {
      deleted: sql`delete from project_workspaces where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "project.workspace_removed",
        entityType: "project",
        entityId: sql`project_id`,
        details: sql`jsonb_build_object('workspaceId', id, 'name', name)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "workspace");
}
