import type { Issue } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, inArray, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { instantValue } from "../instant-value.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { searchQuery, wordsOrNull } from "../search/search-query.ts";
import { storedBlockedBy, storedBlocks } from "./blockers.ts";
import { storedLabelIds } from "./internal.ts";

const { issueLabels, issues } = schema;

/** The columns of an issue as the API shows it. */
export const issueColumns = {
  ...getTableColumns(issues),
  labelIds: storedLabelIds("issues"),
  blockedBy: storedBlockedBy("issues"),
  blocks: storedBlocks("issues"),
};

/** The company's issues, newest first. */
export async function listIssues(ctx: Ctx, input: InputOf<"issues.list">): Promise<Page<Issue>> {
  const { companyId } = ctx.db;
  const { status, assigneeAgentId, projectId, goalId, parentId, labelId, q, updatedSince } = input;
  const labelled = (id: string) =>
    inArray(
      issues.id,
      ctx.db.build
        .select({ id: issueLabels.issueId })
        .from(issueLabels)
        .where(and(eq(issueLabels.companyId, companyId), eq(issueLabels.labelId, id))),
    );
  const query = ctx.db.build
    .select(issueColumns)
    .from(issues)
    .where(
      and(
        eq(issues.companyId, companyId),
        status && inArray(issues.status, status),
        assigneeAgentId ? eq(issues.assigneeAgentId, assigneeAgentId) : undefined,
        projectId ? eq(issues.projectId, projectId) : undefined,
        goalId ? eq(issues.goalId, goalId) : undefined,
        parentId ? eq(issues.parentId, parentId) : undefined,
        labelId ? labelled(labelId) : undefined,
        q ? inArray(issues.id, foundIssues(q, input)) : undefined,
        updatedSince ? sql`${issues.updatedAt} >= ${instantValue(updatedSince)}` : undefined,
        olderThan(issues.id, input.cursor),
      ),
    )
    .orderBy(desc(issues.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}

/** How many issues a search in the list finds; the pages are made of these. */
const mostFound = 300;

const foundIssues = (q: string, { status, projectId, assigneeAgentId }: InputOf<"issues.list">) =>
  sql`(select f.entity_id from boardroom_find_entries(${searchQuery(q)}, ${q.trim()}, array['issue'], ${wordsOrNull(status)}::issue_status[],
    ${projectId ?? null}::uuid, ${assigneeAgentId ?? null}::uuid, ${mostFound}) f)`;
