import type { ApprovalComment } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The comments on a decision, newest first. */
export async function listApprovalComments(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"approvals.comments">,
): Promise<Page<ApprovalComment>> {
  const { approvalComments: comments, approvals } = schema;
  const { build, companyId } = ctx.db;
  const [approval, rows] = await ctx.db.readAll([
    build
      .select({ id: approvals.id })
      .from(approvals)
      .where(and(eq(approvals.companyId, companyId), eq(approvals.id, id))),
    build
      .select()
      .from(comments)
      .where(and(eq(comments.companyId, companyId), eq(comments.approvalId, id), olderThan(comments.id, cursor)))
      .orderBy(desc(comments.id))
      .limit(limit + 1),
  ]);
  found(approval[0], "approval");
  return pageOf(rows, limit, (last) => [last.id]);
}
