import type { Project } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { idArray, insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { checkEnvironment } from "../secrets/check-environment.ts";
import { written } from "../written.ts";

/**
 * Starts a project.
 * @throws BoardroomError invalid_reference when a goal or the lead is not of this company
 */
export async function createProject(ctx: Ctx, input: InputOf<"projects.create">): Promise<Project> {
  const { idempotencyKey: _, goalIds = [], ...fields } = input;
  await checkEnvironment(ctx, fields.env);
  const { rows } = await mutate<typeof schema.projects, { goalIds: string[] }>(ctx, schema.projects, {
    with: {
      created: sql`${insertInto(schema.projects, { companyId: ctx.db.companyId, ...fields })} where ${liveRunGuard(ctx)} returning *`,
      serves: sql`
        insert into project_goals (company_id, project_id, goal_id)
        select distinct created.company_id, created.id, goal_id from created, unnest(${idArray(goalIds)}) as goal_id
        returning goal_id`,
    },
    activity: [
      {
        from: "created",
        action: "project.created",
        entityType: "project",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select created.*, array(select goal_id from serves order by goal_id) as goal_ids from created`,
  });
  return written(rows[0]);
}
