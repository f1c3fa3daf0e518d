import type { ExecutionWorkspace } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { shownWorkspaces, type WorkspaceExtras } from "./workspace-columns.ts";

/** The place of an issue's runs. */
export async function getExecutionWorkspace(
  ctx: Ctx,
  { id }: InputOf<"executionWorkspaces.get">,
): Promise<ExecutionWorkspace> {
  const where = sql`e.company_id = ${ctx.db.companyId}::uuid and e.id = ${id}::uuid`;
  const [row] = await ctx.db.rows<typeof schema.executionWorkspaces, WorkspaceExtras>(
    schema.executionWorkspaces,
    sql`select * from ${shownWorkspaces(where)}`,
  );
  return found(row, "workspace");
}
