import type { Project } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { isInCharge, notInCharge } from "../agents/in-charge.ts";
import { assign, idArray, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { checkEnvironment } from "../secrets/check-environment.ts";
import { projectGoalIds } from "./project-goal-ids.ts";

/**
 * Changes a project; `goalIds` replaces the goals that it serves.
 * @throws BoardroomError forbidden for an agent that isn't its lead, or above it; invalid_reference when a goal or the lead is not of this company
 */
export async function updateProject(ctx: Ctx, input: InputOf<"projects.update">): Promise<Project> {
  const { companyId } = ctx.db;
  const { id, goalIds, ...fields } = input;
  await checkEnvironment(ctx, fields.env);
  const wanted = goalIds ? idArray(goalIds) : null;
  const { rows } = await mutate<typeof schema.projects, { goalIds: string[]; isLive: boolean; mayChange: boolean }>(
    ctx,
    schema.projects,
    {
      with: {
        target: sql`
        select id as target_id, ${liveRunGuard(ctx)} as is_live, ${isInCharge(ctx, companyId, sql`lead_agent_id`)} as may_change
        from projects
        where company_id = ${companyId}::uuid and id = ${id}::uuid`,
        changed: sql`
        update projects p set ${assign(schema.projects, fields)} from target
        where p.company_id = ${companyId}::uuid and p.id = target.target_id and target.is_live and target.may_change returning p.*`,
        dropped: sql`
        delete from project_goals pg using changed
        where pg.company_id = changed.company_id and pg.project_id = changed.id
          and ${wanted ? sql`pg.goal_id <> all(${wanted})` : sql`false`}`,
        added: sql`
        insert into project_goals (company_id, project_id, goal_id)
        select changed.company_id, changed.id, goal_id from changed, unnest(${wanted ?? idArray([])}) as goal_id
        on conflict do nothing`,
      },
      activity: [
        {
          from: "changed",
          action: "project.updated",
          entityType: "project",
          entityId: sql`id`,
          details: sql`jsonb_build_object('name', name, 'status', status, 'changed', to_jsonb(${textArray(
            Object.keys({ ...fields, ...(goalIds && { goalIds }) }),
          )}))`,
        },
      ],
      select: sql`
      select projects.*, target.is_live, target.may_change, ${wanted ? sql`array(select distinct unnest(${wanted}) order by 1)` : projectGoalIds} as goal_ids
      from target left join changed as projects on true`,
    },
  );
  const project = found(rows[0], "project");
  if (!project.isLive) throw leaseLost();
  if (!project.mayChange) throw notInCharge("project");
  return project;
}
