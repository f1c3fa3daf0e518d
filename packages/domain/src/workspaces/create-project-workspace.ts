import type { ProjectWorkspace } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { afterDemotion, demoteOthers, lockProject, missesPlace, unusablePlace } from "./place.ts";

/**
 * Says where the work of a project lies. The first one is its primary one; a later one that wants to be takes the place of it.
 * @throws BoardroomError unusable_reference for a repository without an address and a folder without a path
 */
export async function createProjectWorkspace(
  ctx: Ctx,
  input: InputOf<"projectWorkspaces.create">,
): Promise<ProjectWorkspace> {
  const { id, isPrimary = false, idempotencyKey: _, ...fields } = input;
  if (missesPlace(fields)) throw unusablePlace();
  const { companyId } = ctx.db;
  const values = {
    companyId: sql`project.company_id`,
    projectId: sql`project.project_id`,
    ...fields,
    isPrimary: sql`(project.takes_over or project.is_first) and ${afterDemotion} >= 0`,
  };
  const { rows } = await mutate(ctx, schema.projectWorkspaces, {
    before: lockProject(companyId, sql`${id}::uuid`),
    with: {
      project: sql`
        select p.company_id, p.id as project_id, null::uuid as workspace_id, ${isPrimary}::boolean as takes_over, not exists (
          select 1 from project_workspaces w where w.company_id = p.company_id and w.project_id = p.id and w.is_primary) as is_first
        from projects p where p.company_id = ${companyId}::uuid and p.id = ${id}::uuid`,
      demoted: demoteOthers("project"),
      created: sql`${insertInto(schema.projectWorkspaces, values)} from project returning *`,
    },
    activity: [
      {
        from: "created",
        action: "project.workspace_added",
        entityType: "project",
        entityId: sql`project_id`,
        details: sql`jsonb_build_object('workspaceId', id, 'name', name, 'kind', kind, 'mode', mode, 'isPrimary', is_primary)`,
      },
    ],
    select: sql`select * from created`,
  });
  return found(rows[0], "project");
}
