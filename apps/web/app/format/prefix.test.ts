import { expect, it } from "vitest";
import { suggestPrefix } from "./prefix.ts";

it.each([
  ["Acme", "ACME"],
  ["Acme Rockets", "ACME"],
  ["Northwind", "NORT"],
  ["International Business Machines", "IBM"],
  ["Café Zürich", "CAFE"],
  ["3 Blind Mice", "BLIND"],
  ["X", ""],
  ["  ", ""],
])("suggests for %j the prefix %j", (name, prefix) => expect(suggestPrefix(name)).toBe(prefix));
