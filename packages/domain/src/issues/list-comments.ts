import type { Comment } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { issueId, issueWhere } from "./internal.ts";

const { comments, issues } = schema;

/** The comments of an issue, newest first. */
export async function listComments(
  ctx: Ctx,
  { id: ref, limit, cursor }: InputOf<"issues.comments">,
): Promise<Page<Comment>> {
  const { companyId } = ctx.db;
  const [ofIssue, rows] = await ctx.db.readAll([
    ctx.db.build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    ctx.db.build
      .select()
      .from(comments)
      .where(
        and(
          eq(comments.companyId, companyId),
          eq(comments.issueId, issueId(companyId, ref)),
          olderThan(comments.id, cursor),
        ),
      )
      .orderBy(desc(comments.id))
      .limit(limit + 1),
  ]);
  found(ofIssue[0], "issue");
  return pageOf(rows, limit, (last) => [last.id]);
}
