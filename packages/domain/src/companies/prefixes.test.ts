import { issuePrefix } from "@boardroom/contract";
import { expect, it } from "vitest";
import { suggestPrefixes } from "./prefixes.ts";

it.each([
  ["Acme Robotics", ["ACME", "AR", "ACM", "ACMER"]],
  ["Zürich & Söhne", ["ZURI", "ZS"]],
  ["7 Dwarfs", ["DWAR"]],
  ["3M", ["CO"]],
  ["X", ["CO"]],
  ["IBM", ["IBM"]],
  ["会社", ["CO"]],
  ["", ["CO"]],
])("makes prefixes out of %j", (name, expected) => {
  expect(suggestPrefixes(name).slice(0, expected.length)).toEqual(expected);
});

it("gives only prefixes that may be stored, none twice", () => {
  for (const name of ["Acme Robotics", "A", "9 to 5 Ltd", "Überlange Firmennamen GmbH & Co KG", "a-b-c-d-e-f-g"]) {
    const prefixes = suggestPrefixes(name);
    expect(prefixes.filter((prefix) => issuePrefix.safeParse(prefix).data !== prefix)).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  }
});
