import type { Activity, Comment, RunListItem } from "@boardroom/contract";
import { isWorkspaceStep } from "../format/machine-activity.ts";
import { type ShownActivity, showActivity } from "./show-activity.ts";

/** A comment with its text as the page shows it. */
export type ShownComment = Omit<Comment, "body"> & { html: string };

export type TimelineEntry =
  | { kind: "comment"; id: string; at: string; comment: ShownComment }
  | { kind: "run"; id: string; at: string; run: RunListItem }
  | { kind: "activity"; id: string; at: string; entry: ShownActivity };

/** One timeline, oldest first. What comments and runs say themselves is not said again by the log. */
export function buildTimeline(comments: ShownComment[], runs: RunListItem[], activity: Activity[]): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...comments.map((comment) => ({ kind: "comment" as const, id: comment.id, at: comment.createdAt, comment })),
    ...runs.map((run) => ({ kind: "run" as const, id: run.id, at: run.startedAt ?? run.createdAt, run })),
    ...activity
      .filter(({ action }) => !/comment|^run\.|^wake\.|^heartbeat/.test(action) && !isWorkspaceStep(action))
      .map((entry) => ({ kind: "activity" as const, id: entry.id, at: entry.createdAt, entry: showActivity(entry) })),
  ];
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
