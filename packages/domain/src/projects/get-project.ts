import type { Project } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, getTableColumns } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { projectGoalIds } from "./project-goal-ids.ts";

export async function getProject(ctx: Ctx, { id }: InputOf<"projects.get">): Promise<Project> {
  const { projects } = schema;
  const query = ctx.db.build
    .select({ ...getTableColumns(projects), goalIds: projectGoalIds })
    .from(projects)
    .where(and(eq(projects.companyId, ctx.db.companyId), eq(projects.id, id)));
  const [project] = await ctx.db.read(query);
  return found(project, "project");
}
