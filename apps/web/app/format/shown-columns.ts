import type { IssueStatus } from "@boardroom/contract";

/** Cancelled work is off the board; the list has it. */
export const boardStatuses: readonly IssueStatus[] = ["backlog", "todo", "in_progress", "in_review", "blocked", "done"];
export const columnLimit = 20;
export const mostInColumn = 200;

/** Reads "todo:40,done:60": how many cards of which column are shown. */
export function readShown(show: string | null): Map<IssueStatus, number> {
  const shown = new Map<IssueStatus, number>();
  for (const part of (show ?? "").split(",")) {
    const [name, count] = part.split(":");
    const status = boardStatuses.find((each) => each === name);
    const limit = Math.min(Number(count), mostInColumn);
    if (status && Number.isInteger(limit) && limit > columnLimit) shown.set(status, limit);
  }
  return shown;
}

/** The same with twice as many cards of one column. */
export function showMore(show: string | null, status: IssueStatus): string {
  const shown = readShown(show);
  shown.set(status, Math.min((shown.get(status) ?? columnLimit) * 2, mostInColumn));
  return [...shown].map(([each, limit]) => `${each}:${limit}`).join(",");
}
