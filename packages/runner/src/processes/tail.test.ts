import { expect, it } from "vitest";
import { createTail } from "./tail.ts";

it("is the end of what came, in whole characters, however it came", () => {
  const text = Array.from({ length: 60 }, (_, index) => `${index}ä€😀`).join("");
  const bytes = Buffer.from(text);
  for (const pieceBytes of [1, 7, 32, 33, 200, bytes.length]) {
    const tail = createTail(32);
    expect(tail.read()).toBe("");
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      tail.push(bytes.subarray(at, at + pieceBytes));
      const soFar = bytes.subarray(0, at + pieceBytes);
      const kept = tail.read();
      expect(Buffer.byteLength(kept)).toBeGreaterThan(Math.min(soFar.length, 32) - 4);
      if (pieceBytes === bytes.length) expect(text.endsWith(kept)).toBe(true);
    }
    expect(text.endsWith(tail.read())).toBe(true);
  }
});
