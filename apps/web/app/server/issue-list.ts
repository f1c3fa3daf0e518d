import { type Company, type IssueListItem, type IssueStatus, issueOrders, issueStatuses } from "@boardroom/contract";
import { boardStatuses, columnLimit, readShown } from "../format/shown-columns.ts";
import type { CompanyActionArgs } from "./board.ts";
import { namedId } from "./id-of.ts";

type Api = CompanyActionArgs["api"];

/** As much of an issue as a row or a card shows, and as a change of many needs to be taken back. */
export type ListedIssue = ReturnType<typeof toListed>;

/** A column of the board. */
export interface BoardColumn {
  status: IssueStatus;
  count: number;
  issues: ListedIssue[];
}

/** One page of the list, as its address narrows and sorts it. */
export async function readList(api: Api, company: Company, search: URLSearchParams) {
  const page = await api.page("issues.list", {
    params: { cid: company.id },
    query: {
      limit: 100,
      cursor: search.get("cursor") || undefined,
      status: statusesOf(search.get("status") || undefined),
      ...filtersOf(search),
    },
  });
  return { issues: page.items.map(toListed), nextCursor: page.nextCursor };
}

/** The columns of the board; those that were asked for more of are longer. */
export async function readBoard(api: Api, company: Company, search: URLSearchParams): Promise<BoardColumn[]> {
  const params = { cid: company.id };
  const filters = filtersOf(search);
  const longer = readShown(search.get("show"));
  const [columns, ...pages] = await Promise.all([
    api.call("issues.board", { params, query: { limit: columnLimit, ...filters } }),
    ...[...longer].map(async ([status, limit]) => ({
      status,
      issues: await api.call("issues.list", { params, query: { limit, status, ...filters } }),
    })),
  ]);
  return boardStatuses.map((status) => {
    const column = columns.find((each) => each.status === status);
    const issues = pages.find((page) => page.status === status)?.issues ?? column?.issues ?? [];
    return { status, count: Math.max(column?.count ?? 0, issues.length), issues: issues.map(toListed) };
  });
}

function filtersOf(search: URLSearchParams) {
  return {
    assigneeAgentId: namedId(search, "assignee"),
    projectId: namedId(search, "project"),
    milestoneId: namedId(search, "milestone"),
    goalId: search.get("goal") === "none" ? ("none" as const) : namedId(search, "goal"),
    labelId: namedId(search, "label"),
    q: search.get("q")?.slice(0, 200) || undefined,
    sort: issueOrders.find((order) => order === search.get("sort")),
  };
}

/** Open issues unless asked otherwise; "all" is every state. */
function statusesOf(wished: string | undefined): string | undefined {
  if (wished === "all") return undefined;
  if (wished !== undefined && issueStatuses.some((status) => status === wished)) return wished;
  return "backlog,todo,in_progress,in_review,blocked";
}

function toListed(issue: IssueListItem) {
  const { id, identifier, title, status, priority, labelIds, updatedAt } = issue;
  const { assigneeAgentId, assigneeUserId, projectId, milestoneId, blockedAction, blockedBy } = issue;
  return {
    ...{ id, identifier, title, status, priority, labelIds, updatedAt, isUnread: issue.isUnread },
    ...{ assigneeAgentId, assigneeUserId, projectId, milestoneId, blockedAction },
    /** Whether it waits for other issues; then nobody has to be named for it to be blocked. */
    waits: blockedBy.some((blocker) => blocker.status !== "done"),
  };
}
