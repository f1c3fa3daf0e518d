import type { IssueStatus } from "@boardroom/contract";
import { expect, it } from "vitest";
import type { ListedIssue } from "../../server/issue-list.ts";
import { cardBeside, nextState } from "./card-keys.ts";

const card = (id: string, status: IssueStatus): ListedIssue => ({
  ...{
    id,
    identifier: id,
    title: id,
    status,
    priority: "low",
    labelIds: [],
    updatedAt: "",
    projectId: null,
    milestoneId: null,
  },
  ...{ assigneeAgentId: null, assigneeUserId: null, blockedAction: null, waits: false, isUnread: false },
});
const statuses = ["backlog", "todo", "in_progress", "in_review", "blocked", "done"] as const;
const columns = statuses.map((status) => ({ status, count: 0, issues: [] as ListedIssue[] }));

it.each([
  ["todo", 1, "in_progress"],
  ["todo", -1, "backlog"],
  ["in_review", 1, "done"],
  ["in_review", -1, "in_progress"],
  ["done", -1, "todo"],
  ["done", 1, undefined],
  ["backlog", -1, undefined],
] as const)("moves %s by %i to the next column that it may enter: %s", (status, step, to) => {
  expect(nextState(columns, statuses.indexOf(status), step, card("a", status))).toBe(to);
});

it("goes along the columns past empty ones, to the last card where a column is shorter", () => {
  const filled = columns.map((column) => ({
    ...column,
    issues: column.status === "done" ? [card("x", "done"), card("y", "done")] : [],
  }));
  expect(cardBeside(filled, 1, 1, 0)?.id).toBe("x");
  expect(cardBeside(filled, 1, 1, 7)?.id).toBe("y");
  expect(cardBeside(filled, 1, -1, 0)).toBeUndefined();
});
