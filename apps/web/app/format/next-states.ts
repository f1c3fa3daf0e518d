import type { IssueStatus } from "@boardroom/contract";
import { issueTransitions } from "@boardroom/contract/issue-states";

/** The states to offer for an issue, its own among them. */
export function statesFrom(status: IssueStatus): IssueStatus[] {
  const order: IssueStatus[] = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled"];
  return order.filter((each) => each === status || issueTransitions[status].includes(each));
}
