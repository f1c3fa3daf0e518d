import type { IssueStatus } from "@boardroom/contract";

/** Where an issue may go from each state by changing its status. A checkout has its own rule: the statuses its caller expects. */
export const transitions: Record<IssueStatus, readonly IssueStatus[]> = {
  backlog: ["todo", "cancelled"],
  todo: ["backlog", "in_progress", "blocked", "cancelled"],
  in_progress: ["todo", "in_review", "blocked", "done", "cancelled"],
  in_review: ["in_progress", "done", "cancelled"],
  blocked: ["todo", "in_progress", "cancelled"],
  done: ["todo"],
  cancelled: ["todo"],
};

const statuses = Object.keys(transitions) as IssueStatus[];
/** Ended; only a person reopens it. */
export const terminalStatuses: readonly IssueStatus[] = ["done", "cancelled"];
/** In which an agent has something to do with an issue of its own. */
export const openStatuses: readonly IssueStatus[] = statuses.filter(
  (status) => !terminalStatuses.includes(status) && status !== "backlog",
);
/** Being assigned in one of these wakes the assignee. */
export const wakingStatuses: readonly IssueStatus[] = ["todo", "in_progress"];

/** The statuses from which an issue may go to `to`, itself included: staying is no transition. */
export function statusesBefore(to: IssueStatus, by: "user" | "agent"): IssueStatus[] {
  return statuses.filter(
    (from) => from === to || (transitions[from].includes(to) && (by === "user" || !terminalStatuses.includes(from))),
  );
}

export interface StateEffects {
  /** `startedAt` is set, unless it was before. */
  starts: boolean;
  /** `completedAt` is set; every other state clears it. */
  completes: boolean;
  /** `cancelledAt` is set; every other state clears it. */
  cancels: boolean;
  /** The run that holds the issue loses it. */
  releasesLock: boolean;
}

/** What being in a state does to an issue. */
export const effectsOf = (to: IssueStatus): StateEffects => ({
  starts: to === "in_progress",
  completes: to === "done",
  cancels: to === "cancelled",
  releasesLock: to !== "in_progress",
});
