import type { Activity, RunListItem } from "@boardroom/contract";
import { expect, it } from "vitest";
import { buildTimeline, type ShownComment } from "./issue-timeline.ts";

const comment = (id: string, createdAt: string) => ({ id, createdAt }) as ShownComment;
const run = (id: string, startedAt: string | null, createdAt: string) => ({ id, startedAt, createdAt }) as RunListItem;
const entry = (id: string, action: string, createdAt: string) =>
  ({ id, action, createdAt, entityType: "issue", actorName: "Ada" }) as Activity;

it("tells one story, oldest first, and says nothing twice", () => {
  const timeline = buildTimeline(
    [comment("c", "2026-01-01T00:00:03Z")],
    [run("r", "2026-01-01T00:00:02Z", "2026-01-01T00:00:00Z")],
    [
      entry("moved", "issue.status_changed", "2026-01-01T00:00:04Z"),
      entry("said", "issue.comment_added", "2026-01-01T00:00:03Z"),
      entry("ran", "run.started", "2026-01-01T00:00:02Z"),
      entry("made", "issue.created", "2026-01-01T00:00:01Z"),
    ],
  );
  expect(timeline.map(({ id }) => id)).toEqual(["made", "r", "c", "moved"]);
});
