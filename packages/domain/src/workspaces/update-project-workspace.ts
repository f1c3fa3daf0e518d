import type { ProjectWorkspace } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { machinelessRuns } from "../runners/takes-run.ts";
import { afterDemotion, demoteOthers, lockProject, unusablePlace } from "./place.ts";

/**
 * Changes where the work of a project lies. What already runs there goes on where it is; what waits for a machine looks for one
 * that fits now.
 * @throws BoardroomError unusable_reference when neither a path nor an address would be left
 */
export async function updateProjectWorkspace(
  ctx: Ctx,
  input: InputOf<"projectWorkspaces.update">,
): Promise<ProjectWorkspace> {
  const { id, isPrimary, ...fields } = input;
  const { companyId } = ctx.db;
  const target = sql`w.company_id = ${companyId}::uuid and w.id = ${id}::uuid`;
  const path = fields.path === undefined ? sql`w.path` : sql`${fields.path}::text`;
  const repoUrl = fields.repoUrl === undefined ? sql`w.repo_url` : sql`${fields.repoUrl}::text`;
  const values = {
    ...fields,
    ...(isPrimary !== undefined && { isPrimary: sql`${isPrimary}::boolean and ${afterDemotion} >= 0` }),
  };
  const { rows } = await mutate<typeof schema.projectWorkspaces, { isUnusable: boolean; runIds: string[] | null }>(
    ctx,
    schema.projectWorkspaces,
    {
      before: lockProject(companyId, sql`(select w.project_id from project_workspaces w where ${target})`),
      with: {
        place: sql`
        select w.company_id, w.project_id, w.id as workspace_id, ${isPrimary ?? false}::boolean as takes_over,
          ${path} is null and (w.kind = 'folder' or ${repoUrl} is null) as is_unusable
        from project_workspaces w where ${target}`,
        usable: sql`select * from place where not is_unusable`,
        demoted: demoteOthers("usable"),
        changed: sql`
        update project_workspaces w set ${assign(schema.projectWorkspaces, values)} from usable
        where w.company_id = usable.company_id and w.id = usable.workspace_id returning w.*`,
        machineless: machinelessRuns(sql`(
          select i.company_id, i.id from changed join issues i on i.company_id = changed.company_id and i.project_id = changed.project_id)`),
      },
      activity: [
        {
          from: "changed",
          action: "project.workspace_updated",
          entityType: "project",
          entityId: sql`project_id`,
          details: sql`jsonb_build_object('workspaceId', id, 'name', name, 'changed', to_jsonb(${textArray(Object.keys({ ...fields, ...(isPrimary !== undefined && { isPrimary }) }))}))`,
        },
      ],
      select: sql`select changed.*, place.is_unusable, (select array_agg(id) from machineless) as run_ids from place left join changed on true`,
    },
  );
  const workspace = found(rows[0], "workspace");
  if (workspace.isUnusable) throw unusablePlace();
  ctx.ports.dispatch((workspace.runIds ?? []).map((runId) => ({ companyId, runId })));
  return workspace;
}
