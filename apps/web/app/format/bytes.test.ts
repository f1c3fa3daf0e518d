import { expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";

it.each([
  [0, "0 B"],
  [812, "812 B"],
  [64_100, "64 kB"],
  [999_499, "999 kB"],
  [1_250_000, "1.25 MB"],
  [268_435_456, "268.44 MB"],
  [2_000_000, "2 MB"],
])("shows %i bytes as %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
