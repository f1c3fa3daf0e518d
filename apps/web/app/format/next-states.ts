import type { IssueStatus } from "@boardroom/contract";

/** Where the board may move an issue from each state. The API decides; this is what is worth offering. */
const next: Record<IssueStatus, readonly IssueStatus[]> = {
  backlog: ["todo", "cancelled"],
  todo: ["backlog", "in_progress", "blocked", "cancelled"],
  in_progress: ["todo", "in_review", "blocked", "done", "cancelled"],
  in_review: ["in_progress", "done", "cancelled"],
  blocked: ["todo", "in_progress", "cancelled"],
  done: ["todo"],
  cancelled: ["todo"],
};

/** The states to offer for an issue, its own among them. */
export function statesFrom(status: IssueStatus): IssueStatus[] {
  const order: IssueStatus[] = ["backlog", "todo", "in_progress", "in_review", "blocked", "done", "cancelled"];
  return order.filter((each) => each === status || next[status].includes(each));
}
