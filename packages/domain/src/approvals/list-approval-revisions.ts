import type { ApprovalRevision } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

/** The payloads that resubmissions replaced, newest first. */
export async function listApprovalRevisions(
  { db }: Ctx,
  { id, limit, cursor }: InputOf<"approvals.revisions">,
): Promise<Page<ApprovalRevision>> {
  const { approvals, approvalRevisions: revisions } = schema;
  const [before] = readCursor(cursor, [cursorForms.integer]) ?? [];
  const [approval, rows] = await db.readAll([
    db.build
      .select({ id: approvals.id })
      .from(approvals)
      .where(and(eq(approvals.companyId, db.companyId), eq(approvals.id, id))),
    db.build
      .select()
      .from(revisions)
      .where(
        and(
          eq(revisions.companyId, db.companyId),
          eq(revisions.approvalId, id),
          before === undefined ? undefined : sql`${revisions.version} < ${before}::bigint`,
        ),
      )
      .orderBy(desc(revisions.version))
      .limit(limit + 1),
  ]);
  if (approval.length === 0) throw notFound("approval");
  return pageOf(rows, limit, (last) => [last.version]);
}
