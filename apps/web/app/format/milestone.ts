import type { Milestone } from "@boardroom/contract";

/** Where a milestone stands: all its issues are done, its day is over before they were, or neither. */
export function milestoneState(
  { issueCount, doneCount, targetDate }: Pick<Milestone, "issueCount" | "doneCount" | "targetDate">,
  now: number,
): "done" | "overdue" | "open" {
  if (issueCount > 0 && doneCount === issueCount) return "done";
  const today = new Date(now).toISOString().slice(0, 10);
  return targetDate !== null && targetDate < today ? "overdue" : "open";
}

/** "3 of 7 done", "No issues yet". */
export const milestoneProgress = ({ issueCount, doneCount }: Pick<Milestone, "issueCount" | "doneCount">): string =>
  issueCount === 0 ? "No issues yet" : `${doneCount} of ${issueCount} done`;
