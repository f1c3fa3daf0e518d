import { expect, it } from "vitest";
import { safePath } from "./back.ts";

it.each([
  ["/acme/issues?status=todo", "/acme/issues?status=todo"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["https://evil.example", "/"],
  [null, "/"],
  ["", "/"],
])("leads %j to %j", (wished, path) => expect(safePath(wished)).toBe(path));
