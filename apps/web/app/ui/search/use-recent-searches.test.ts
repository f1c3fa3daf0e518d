import { expect, it } from "vitest";
import { readList, withLatest } from "./use-recent-searches.ts";

it("keeps the latest six searches, each once whatever its letters, and no empty one", () => {
  expect(withLatest(["paper", "ink"], " Ink ")).toEqual(["Ink", "paper"]);
  expect(withLatest(["a", "b", "c", "d", "e", "f"], "g")).toEqual(["g", "a", "b", "c", "d", "e"]);
  expect(withLatest(["a"], "  ")).toEqual(["a"]);
});

it.each([null, "", "{", "3", '{"a":1}'])("reads nothing from %s", (stored) => {
  expect(readList(stored)).toEqual([]);
});

it("reads what it wrote, and of other things only the texts", () => {
  expect(readList(JSON.stringify(["ink", 3, null]))).toEqual(["ink"]);
});
