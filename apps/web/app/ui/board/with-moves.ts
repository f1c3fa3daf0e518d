import type { IssueStatus } from "@boardroom/contract";
import type { BoardColumn, ListedIssue } from "../../server/issue-list.ts";

/** The columns with cards where somebody just moved them: on top of the other column, which counts them. */
export function withMoves(columns: BoardColumn[], moves: ReadonlyMap<string, IssueStatus>): BoardColumn[] {
  if (moves.size === 0) return columns;
  const moved: ListedIssue[] = [];
  const left = columns.map((column) => {
    const away = column.issues.filter(({ id, status }) => (moves.get(id) ?? status) !== status);
    moved.push(...away.map((issue) => ({ ...issue, status: moves.get(issue.id) ?? issue.status })));
    return {
      ...column,
      count: column.count - away.length,
      issues: column.issues.filter((issue) => !away.includes(issue)),
    };
  });
  return left.map((column) => {
    const arrived = moved.filter(({ status }) => status === column.status);
    return { ...column, count: column.count + arrived.length, issues: [...arrived, ...column.issues] };
  });
}
