import { expect, it } from "vitest";
import { formatCount } from "./count.ts";

it.each([
  [0, "0"],
  [950, "950"],
  [1000, "1k"],
  [1234, "1.2k"],
  [38_400, "38k"],
  [999_499, "999k"],
  [999_500, "1M"],
  [4_100_000, "4.1M"],
])("writes %d as %s", (count, expected) => expect(formatCount(count)).toBe(expected));
