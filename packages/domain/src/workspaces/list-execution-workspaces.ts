import type { ExecutionWorkspace } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { shownWorkspaces, type WorkspaceExtras } from "./workspace-columns.ts";

/** The places in which issues are worked on, newest first. */
export async function listExecutionWorkspaces(
  ctx: Ctx,
  { limit, cursor, issueId, agentId, status }: InputOf<"executionWorkspaces.list">,
): Promise<Page<ExecutionWorkspace>> {
  const where = sql`e.company_id = ${ctx.db.companyId}::uuid ${issueId ? sql`and e.issue_id = ${issueId}::uuid` : sql``}
    ${agentId ? sql`and e.agent_id = ${agentId}::uuid` : sql``} and ${olderThan(sql`e.id`, cursor) ?? sql`true`}`;
  const rows = await ctx.db.rows<typeof schema.executionWorkspaces, WorkspaceExtras>(
    schema.executionWorkspaces,
    sql`select * from ${shownWorkspaces(where)} ${status ? sql`where status = ${status}` : sql``} order by id desc limit ${limit + 1}`,
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
