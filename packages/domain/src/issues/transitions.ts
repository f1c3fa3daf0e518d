import { type IssueStatus, issueTransitions } from "@boardroom/contract";

const statuses = Object.keys(issueTransitions) as IssueStatus[];
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
    (from) =>
      from === to || (issueTransitions[from].includes(to) && (by === "user" || !terminalStatuses.includes(from))),
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
