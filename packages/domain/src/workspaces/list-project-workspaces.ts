import type { ProjectWorkspace } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** Where the work of a project lies, newest first. */
export async function listProjectWorkspaces(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"projectWorkspaces.list">,
): Promise<Page<ProjectWorkspace>> {
  const { projects, projectWorkspaces: workspaces } = schema;
  const { build, companyId } = ctx.db;
  const [project, rows] = await ctx.db.readAll([
    build
      .select({ id: projects.id })
      .from(projects)
      .where(and(eq(projects.companyId, companyId), eq(projects.id, id))),
    build
      .select()
      .from(workspaces)
      .where(and(eq(workspaces.companyId, companyId), eq(workspaces.projectId, id), olderThan(workspaces.id, cursor)))
      .orderBy(desc(workspaces.id))
      .limit(limit + 1),
  ]);
  found(project[0], "project");
  return pageOf(rows, limit, (last) => [last.id]);
}
