import type { IssueStatus } from "./enums.ts";

/** Where an issue may go from each state by changing its status. A checkout has its own rule: the statuses its caller expects. */
export const issueTransitions: Record<IssueStatus, readonly IssueStatus[]> = {
  backlog: ["todo", "cancelled"],
  todo: ["backlog", "in_progress", "blocked", "cancelled"],
  in_progress: ["todo", "in_review", "blocked", "done", "cancelled"],
  in_review: ["in_progress", "done", "cancelled"],
  blocked: ["todo", "in_progress", "cancelled"],
  done: ["todo"],
  cancelled: ["todo"],
};
