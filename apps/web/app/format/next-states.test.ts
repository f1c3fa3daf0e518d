import { issueStatuses } from "@boardroom/contract";
import { expect, it } from "vitest";
import { statesFrom } from "./next-states.ts";

it("offers an issue's own state and never a dead end", () => {
  for (const status of issueStatuses) {
    expect(statesFrom(status)).toContain(status);
    expect(statesFrom(status).length).toBeGreaterThan(1);
  }
});

it("lets the ended be reopened, to To do alone", () => {
  expect(statesFrom("done")).toEqual(["todo", "done"]);
  expect(statesFrom("cancelled")).toEqual(["todo", "cancelled"]);
});
