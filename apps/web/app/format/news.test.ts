import { expect, it } from "vitest";
import { readNews } from "./news.ts";

const since = "2026-05-04T12:00:00.000Z";
const at = (minutes: number) => new Date(Date.parse(since) + minutes * 60_000).toISOString();
const entry = (action: string, minutes = 1, details: Record<string, unknown> | null = null) => ({
  ...{ action, details, createdAt: at(minutes) },
});
const moved = (to: string) => entry("issue.status_changed", 1, { changes: { status: { from: "todo", to } } });

it("counts what happened since then, what went wrong first", () => {
  const entries = [
    ...[entry("run.succeeded"), entry("run.succeeded"), moved("done"), moved("in_progress"), entry("run.lost")],
    ...[entry("approval.approved"), entry("cost.reported"), entry("issue.created", -1)],
  ];
  const { lines, isCut } = readNews(entries, since, 200);
  expect(lines.map(({ count, text }) => `${count} ${text}`)).toEqual([
    "1 run failed",
    "1 issue done",
    "2 runs finished",
    "1 decision",
  ]);
  expect(isCut).toBe(false);
});

it("says when there was more than it read, and nothing where nothing happened", () => {
  expect(readNews([entry("run.failed"), entry("run.failed")], since, 2).isCut).toBe(true);
  expect(readNews([entry("run.failed", -5), moved("todo")], since, 2)).toEqual({ lines: [], isCut: false });
});
