import type { OperationInput, Operations } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, lt } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type RunListRow, selectRunListItems } from "./run-list-item.ts";

const { heartbeatRuns } = schema;

/** The runs of a company, newest first. */
export async function listRuns(
  ctx: Ctx,
  input: OperationInput<Operations["runs.list"]>["query"],
): Promise<Page<RunListRow>> {
  const after = readCursor(input.cursor, [cursorForms.id]);
  const where = and(
    input.agentId ? eq(heartbeatRuns.agentId, input.agentId) : undefined,
    input.runnerId ? eq(heartbeatRuns.runnerId, input.runnerId) : undefined,
    input.status ? eq(heartbeatRuns.status, input.status) : undefined,
    after?.[0] ? lt(heartbeatRuns.id, after[0]) : undefined,
  );
  const rows = await ctx.db.read(selectRunListItems(ctx.db, where, input.limit + 1));
  return pageOf(rows, input.limit, (last) => [last.id]);
}
