import type { IssueStatus } from "@boardroom/contract";
import { issueTransitions } from "@boardroom/contract/issue-states";

/** The states to offer for an issue, its own among them. */
export function statesFrom(status: IssueStatus): IssueStatus[] {
  const order: IssueStatus[] = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled"];
  return order.filter((each) => each === status || issueTransitions[status].includes(each));
}

/** Whether a change of state can be taken back with one tap: to be blocked again it would need somebody who acts. */
export function canGoBack(from: IssueStatus, to: IssueStatus): boolean {
  return from !== "blocked" && issueTransitions[to].includes(from);
}
