import type { IssueListItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, getTableColumns, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { instantValue } from "../instant-value.ts";
import { type Page, pageOf } from "../paging.ts";
import { searchQuery, wordsOrNull } from "../search/search-query.ts";
import { storedBlockedBy, storedBlocks } from "./blockers.ts";
import { storedLabelIds } from "./internal.ts";
import { issueOrders, updatedKey } from "./issue-orders.ts";
import { isUnread } from "./read-state.ts";

const { issueLabels, issues } = schema;

/** The columns of an issue as the API shows it. */
export const issueColumns = {
  ...getTableColumns(issues),
  labelIds: storedLabelIds("issues"),
  blockedBy: storedBlockedBy("issues"),
  blocks: storedBlocks("issues"),
};

/** The company's issues, newest first unless asked otherwise. */
export async function listIssues(ctx: Ctx, input: InputOf<"issues.list">): Promise<Page<IssueListItem>> {
  const { sort = "newest", limit, cursor } = input;
  const order = issueOrders[sort];
  const query = ctx.db.build
    .select({ ...issueColumns, isUnread: isUnread(ctx, "issues"), updatedKey })
    .from(issues)
    .where(and(matches(ctx, input), order.after(cursor)))
    .orderBy(...order.by)
    .limit(limit + 1);
  return pageOf(await ctx.db.read(query), limit, order.keyOf);
}

type Filters = Omit<InputOf<"issues.list">, "limit" | "cursor">;

/** Whether an issue is among those that a list is narrowed to. */
export function matches(ctx: Ctx, input: Filters): SQL | undefined {
  const { companyId } = ctx.db;
  const { status, assigneeAgentId, projectId, milestoneId, goalId, parentId, labelId, q, updatedSince } = input;
  const labelled = (id: string) =>
    inArray(
      issues.id,
      ctx.db.build
        .select({ id: issueLabels.issueId })
        .from(issueLabels)
        .where(and(eq(issueLabels.companyId, companyId), eq(issueLabels.labelId, id))),
    );
  return and(
    eq(issues.companyId, companyId),
    status && inArray(issues.status, status),
    assigneeAgentId ? eq(issues.assigneeAgentId, assigneeAgentId) : undefined,
    projectId ? eq(issues.projectId, projectId) : undefined,
    milestoneId ? inMilestone(companyId, milestoneId) : undefined,
    goalId === "none" ? isNull(issues.goalId) : goalId ? eq(issues.goalId, goalId) : undefined,
    parentId ? eq(issues.parentId, parentId) : undefined,
    labelId ? labelled(labelId) : undefined,
    q ? inArray(issues.id, foundIssues(q, input)) : undefined,
    updatedSince ? sql`${issues.updatedAt} >= ${instantValue(updatedSince)}` : undefined,
  );
}

/** With its project, by which the issues of milestones are indexed. */
const inMilestone = (
  companyId: string,
  id: string,
) => sql`(${issues.milestoneId} = ${id}::uuid and ${issues.projectId} = (
  select m.project_id from milestones m where m.company_id = ${companyId}::uuid and m.id = ${id}::uuid))`;

/** How many issues a search in the list finds; the pages are made of these. */
const mostFound = 300;

const foundIssues = (q: string, { status, projectId, assigneeAgentId }: Filters) =>
  sql`(select f.entity_id from boardroom_find_entries(${searchQuery(q)}, ${q.trim()}, array['issue'], ${wordsOrNull(status)}::issue_status[],
    ${projectId ?? null}::uuid, ${assigneeAgentId ?? null}::uuid, ${mostFound}) f)`;
