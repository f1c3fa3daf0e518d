import { issueStatuses, issueTransitions } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { effectsOf, openStatuses, statusesBefore } from "./transitions.ts";

describe("states of an issue", () => {
  it.each([
    ["backlog", ["todo", "cancelled"]],
    ["todo", ["backlog", "in_progress", "blocked", "cancelled"]],
    ["in_progress", ["todo", "in_review", "blocked", "done", "cancelled"]],
    ["in_review", ["in_progress", "done", "cancelled"]],
    ["blocked", ["todo", "in_progress", "cancelled"]],
    ["done", ["todo"]],
    ["cancelled", ["todo"]],
  ] as const)("from %s only to %j", (from, reachable) => {
    expect(issueStatuses.filter((to) => to !== from && statusesBefore(to, "user").includes(from)).sort()).toEqual(
      [...reachable].sort(),
    );
  });

  it("lets every open state be cancelled", () => {
    for (const status of [...openStatuses, "backlog"] as const) expect(issueTransitions[status]).toContain("cancelled");
  });

  it("lets nobody but the board leave done and cancelled", () => {
    for (const to of issueStatuses) {
      const before = statusesBefore(to, "agent").filter((from) => from !== to);
      expect(before).not.toContain("done");
      expect(before).not.toContain("cancelled");
    }
    expect(statusesBefore("todo", "user")).toEqual(expect.arrayContaining(["done", "cancelled"]));
  });

  it("counts staying as no transition", () => {
    for (const status of issueStatuses) expect(statusesBefore(status, "agent")).toContain(status);
  });

  it("keeps the lock only for work in progress, and marks each end once", () => {
    expect(issueStatuses.filter((status) => !effectsOf(status).releasesLock)).toEqual(["in_progress"]);
    expect(issueStatuses.filter((status) => effectsOf(status).starts)).toEqual(["in_progress"]);
    expect(issueStatuses.filter((status) => effectsOf(status).completes)).toEqual(["done"]);
    expect(issueStatuses.filter((status) => effectsOf(status).cancels)).toEqual(["cancelled"]);
  });
});
