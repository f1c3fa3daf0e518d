import type { ToolApproval } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { type ApprovalExtras, shownApprovals } from "./approval-columns.ts";

/** Tool calls that wait for the board or were decided, newest first. */
export async function listToolApprovals(
  ctx: Ctx,
  { limit, cursor, status, runId }: InputOf<"toolApprovals.list">,
): Promise<Page<ToolApproval>> {
  const where = sql`t.company_id = ${ctx.db.companyId}::uuid ${runId ? sql`and t.run_id = ${runId}::uuid` : sql``}
    ${status === "pending" ? sql`and t.status = 'pending'` : sql``} and ${olderThan(sql`t.id`, cursor) ?? sql`true`}`;
  const rows = await ctx.db.rows<typeof schema.toolApprovals, ApprovalExtras>(
    schema.toolApprovals,
    sql`select * from ${shownApprovals(where)} ${status ? sql`where status = ${status}` : sql``} order by id desc limit ${limit + 1}`,
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
