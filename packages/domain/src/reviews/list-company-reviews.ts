import type { ReviewListItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

const { issueReviewStages: stages, issues, agents } = schema;

/** The stages at which reviews of a company stand, newest first. */
export async function listCompanyReviews(
  { db }: Ctx,
  { limit, cursor, reviewerUserId }: InputOf<"reviews.inCompany">,
): Promise<Page<ReviewListItem>> {
  const rows = await db.read(
    db.build
      .select({
        ...getTableColumns(stages),
        issueIdentifier: issues.identifier,
        issueTitle: issues.title,
        assigneeName: agents.name,
      })
      .from(stages)
      .innerJoin(issues, and(eq(issues.companyId, stages.companyId), eq(issues.id, stages.issueId)))
      .leftJoin(agents, and(eq(agents.companyId, issues.companyId), eq(agents.id, issues.assigneeAgentId)))
      .where(
        and(
          eq(stages.companyId, db.companyId),
          eq(stages.status, "active"),
          reviewerUserId ? eq(stages.reviewerUserId, reviewerUserId) : undefined,
          olderThan(stages.id, cursor),
        ),
      )
      .orderBy(desc(stages.id))
      .limit(limit + 1),
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
