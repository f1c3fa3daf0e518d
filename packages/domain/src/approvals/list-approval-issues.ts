import type { Issue } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueColumns } from "../issues/list-issues.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The issues that a decision is about, newest first. */
export async function listApprovalIssues(
  { db }: Ctx,
  { id, limit, cursor }: InputOf<"approvals.issues">,
): Promise<Page<Issue>> {
  const { approvals, issueApprovals: links, issues } = schema;
  const [approval, rows] = await db.readAll([
    db.build
      .select({ id: approvals.id })
      .from(approvals)
      .where(and(eq(approvals.companyId, db.companyId), eq(approvals.id, id))),
    db.build
      .select(issueColumns)
      .from(issues)
      .innerJoin(links, and(eq(links.companyId, issues.companyId), eq(links.issueId, issues.id)))
      .where(and(eq(issues.companyId, db.companyId), eq(links.approvalId, id), olderThan(issues.id, cursor)))
      .orderBy(desc(issues.id))
      .limit(limit + 1),
  ]);
  if (approval.length === 0) throw notFound("approval");
  return pageOf(rows, limit, (last) => [last.id]);
}
