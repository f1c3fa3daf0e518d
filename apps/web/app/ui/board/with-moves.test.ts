import type { IssueStatus } from "@boardroom/contract";
import { expect, it } from "vitest";
import type { ListedIssue } from "../../server/issue-list.ts";
import { withMoves } from "./with-moves.ts";

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
const column = (status: IssueStatus, count: number, ...ids: string[]) => ({
  ...{ status, count },
  issues: ids.map((id) => card(id, status)),
});
const shapeOf = (columns: ReturnType<typeof withMoves>) =>
  columns.map(({ status, count, issues }) => [status, count, ...issues.map(({ id }) => id)]);

it("shows a moved card on top of its new column, and both count it right", () => {
  const columns = [column("todo", 30, "a", "b"), column("in_progress", 1, "c")];
  expect(shapeOf(withMoves(columns, new Map([["b", "in_progress"]])))).toEqual([
    ["todo", 29, "a"],
    ["in_progress", 2, "b", "c"],
  ]);
});

it("counts a card once when the server has it there already, and drops one whose new state has no column", () => {
  const columns = [column("todo", 2, "a", "b"), column("in_progress", 1, "c")];
  const moves = new Map<string, IssueStatus>([
    ["c", "in_progress"],
    ["a", "cancelled"],
  ]);
  expect(shapeOf(withMoves(columns, moves))).toEqual([
    ["todo", 1, "b"],
    ["in_progress", 1, "c"],
  ]);
});
