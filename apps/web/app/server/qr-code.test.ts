import { expect, it } from "vitest";
import { toQrCode } from "./qr-code.ts";

it("draws the three corners and leaves the quiet border that readers need", () => {
  const { size, path } = toQrCode("boardroom-runner connect ABCD-EFGH-JKMN");
  const dark = new Set(path.match(/M\d+ \d+/g));
  for (const [x, y] of [
    [4, 4],
    [size - 11, 4],
    [4, size - 11],
  ]) {
    expect(dark).toContain(`M${x} ${y}`);
  }
  expect([...dark].some((at) => /^M[0-3] | [0-3]$/.test(at))).toBe(false);
});
