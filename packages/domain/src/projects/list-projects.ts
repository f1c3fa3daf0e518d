import type { Project } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { projectGoalIds } from "./project-goal-ids.ts";

/** The company's projects, newest first. */
export async function listProjects(ctx: Ctx, input: InputOf<"projects.list">): Promise<Page<Project>> {
  const { projects } = schema;
  const query = ctx.db.build
    .select({ ...getTableColumns(projects), goalIds: projectGoalIds })
    .from(projects)
    .where(
      and(
        eq(projects.companyId, ctx.db.companyId),
        input.status ? eq(projects.status, input.status) : undefined,
        olderThan(projects.id, input.cursor),
      ),
    )
    .orderBy(desc(projects.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}
