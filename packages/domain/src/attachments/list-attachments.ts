import type { Attachment } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId, issueWhere } from "../issues/internal.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { contentPath } from "./limits.ts";

const { attachments, issues } = schema;

/** The files of an issue, newest first. */
export async function listAttachments(
  ctx: Ctx,
  { id: ref, limit, cursor }: InputOf<"attachments.list">,
): Promise<Page<Attachment>> {
  const { build, companyId } = ctx.db;
  const [issue, rows] = await ctx.db.readAll([
    build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    build
      .select()
      .from(attachments)
      .where(
        and(
          eq(attachments.companyId, companyId),
          eq(attachments.issueId, issueId(companyId, ref)),
          olderThan(attachments.id, cursor),
        ),
      )
      .orderBy(desc(attachments.id))
      .limit(limit + 1),
  ]);
  found(issue[0], "issue");
  const files = rows.map((row) => ({ ...row, contentPath: contentPath(row.id) }));
  return pageOf(files, limit, (last) => [last.id]);
}
