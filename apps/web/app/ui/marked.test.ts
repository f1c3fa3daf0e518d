import { expect, it } from "vitest";
import { splitAt } from "./marked.tsx";

it("finds every occurrence in any letter case and keeps the text whole", () => {
  expect(splitAt("Lyon, then lyon again", "lyon")).toEqual(["", "Lyon", ", then ", "lyon", " again"]);
  expect(splitAt("nothing here", "lyon")).toEqual(["nothing here"]);
  expect(splitAt("aaa", "aa").join("")).toBe("aaa");
});

it("marks nothing where lower case changes the length, so that no place is wrong", () => {
  expect(splitAt("İstanbul Lyon", "lyon")).toEqual(["İstanbul Lyon"]);
});
