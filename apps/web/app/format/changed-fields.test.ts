import { expect, it } from "vitest";
import { changedFields } from "./changed-fields.ts";

it("names each field that differs by its path, with both values", () => {
  const before = { name: "Bob", heartbeat: { intervalSec: 60 }, budget: 100, note: null };
  const after = { name: "Bob", heartbeat: { intervalSec: 300 }, title: "Builder" };
  expect(changedFields(before, after)).toEqual([
    { field: "budget", before: "100", after: "" },
    { field: "heartbeat.intervalSec", before: "60", after: "300" },
    { field: "title", before: "", after: "Builder" },
  ]);
});
