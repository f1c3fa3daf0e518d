import { describe, expect, it } from "vitest";
import { milestoneProgress, milestoneState } from "./milestone.ts";

const now = Date.parse("2031-03-10T12:00:00Z");

describe("a milestone", () => {
  it.each([
    [{ issueCount: 2, doneCount: 2, targetDate: "2031-01-01" }, "done"],
    [{ issueCount: 2, doneCount: 1, targetDate: "2031-03-09" }, "overdue"],
    [{ issueCount: 2, doneCount: 1, targetDate: "2031-03-10" }, "open"],
    [{ issueCount: 0, doneCount: 0, targetDate: "2031-03-09" }, "overdue"],
    [{ issueCount: 0, doneCount: 0, targetDate: null }, "open"],
  ] as const)("%o is %s", (milestone, state) => {
    expect(milestoneState(milestone, now)).toBe(state);
  });

  it("says how far it is", () => {
    expect(milestoneProgress({ issueCount: 0, doneCount: 0 })).toBe("No issues yet");
    expect(milestoneProgress({ issueCount: 7, doneCount: 3 })).toBe("3 of 7 done");
  });
});
