import type { WorkspaceOperation } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** What was done to a workspace, newest first. */
export async function listWorkspaceOperations(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"executionWorkspaces.operations">,
): Promise<Page<WorkspaceOperation>> {
  const { executionWorkspaces: workspaces, workspaceOperations: operations } = schema;
  const { build, companyId } = ctx.db;
  const [workspace, rows] = await ctx.db.readAll([
    build
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(and(eq(workspaces.companyId, companyId), eq(workspaces.id, id))),
    build
      .select()
      .from(operations)
      .where(
        and(
          eq(operations.companyId, companyId),
          eq(operations.executionWorkspaceId, id),
          olderThan(operations.id, cursor),
        ),
      )
      .orderBy(desc(operations.id))
      .limit(limit + 1),
  ]);
  found(workspace[0], "workspace");
  return pageOf(rows, limit, (last) => [last.id]);
}
