import type { ToolApproval } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type ApprovalExtras, shownApprovals } from "./approval-columns.ts";

/** One tool call and what was decided; past its time it is expired, whether or not anybody has noted that. */
export async function getToolApproval(ctx: Ctx, { id }: InputOf<"toolApprovals.get">): Promise<ToolApproval> {
  const where = sql`t.company_id = ${ctx.db.companyId}::uuid and t.id = ${id}::uuid`;
  const [row] = await ctx.db.rows<typeof schema.toolApprovals, ApprovalExtras>(
    schema.toolApprovals,
    sql`select * from ${shownApprovals(where)}`,
  );
  return found(row, "tool approval");
}
