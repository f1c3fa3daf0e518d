import { expect, it } from "vitest";
import { moveRule } from "./tool-rules.ts";

const rules = [
  { id: "a", position: 10 },
  { id: "b", position: 20 },
  { id: "c", position: 30 },
];

it("moves a rule by writing only the two that change places", () => {
  expect(moveRule(rules, "c", -1)).toEqual([
    { id: "c", position: 20 },
    { id: "b", position: 30 },
  ]);
  expect(moveRule(rules, "a", 1)).toEqual([
    { id: "b", position: 10 },
    { id: "a", position: 20 },
  ]);
});

it("tells apart rules that stood in the same place", () => {
  const tied = rules.map(({ id }) => ({ id, position: 5 }));
  expect(moveRule(tied, "b", -1).map(({ id }) => id)).toEqual(["b", "a", "c"]);
});

it("moves nothing beyond the ends, and nothing that isn't there", () => {
  expect(moveRule(rules, "a", -1)).toEqual([]);
  expect(moveRule(rules, "c", 1)).toEqual([]);
  expect(moveRule(rules, "z", 1)).toEqual([]);
});
