import { wakeReasons } from "@boardroom/contract";
import { expect, it } from "vitest";
import { nameCause, nameSkip, nameWait } from "./wake.ts";

const cause = { source: "automation", issueIdentifier: "ACME-12", causedBy: "Olga" } as const;

it("names the comment, its writer and the issue", () => {
  expect(nameCause({ ...cause, reason: "issue_commented" })).toBe("Olga's comment on ACME-12");
  expect(nameCause({ ...cause, reason: "issue_mentioned", causedBy: null })).toBe("somebody's mention on ACME-12");
});

it("has a sentence for each reason of the system", () => {
  const plain = wakeReasons.filter((reason) => nameCause({ ...cause, reason }).includes(reason.replaceAll("_", " ")));
  expect(plain.filter((reason) => !["timer", "plugin"].includes(reason))).toEqual([]);
});

it("keeps what a caller wrote, with who called", () => {
  expect(nameCause({ ...cause, reason: "The plan is ready" })).toBe("Olga: The plan is ready");
  expect(nameCause({ ...cause, reason: "plan_ready", causedBy: null })).toBe("plan ready");
});

it("says why a wake was skipped and what a run waits for, also for a reason it doesn't know", () => {
  expect(nameSkip("hop_limit")).toBe("too many wakes in a row (hop limit)");
  expect(nameSkip("moon_phase")).toBe("moon phase");
  expect(nameWait("task_running")).toBe("another run of this task");
});
