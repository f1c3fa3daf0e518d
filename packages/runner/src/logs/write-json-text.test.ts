import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeJsonText } from "./write-json-text.ts";

/** What a reader of JSON gets of it, and how much of the text that was. */
function write(text: string, size: number) {
  const target = Buffer.alloc(size + 2, '"');
  const { read, end } = writeJsonText(Buffer.from(text), target.subarray(0, size + 1), 1);
  target[end] = 0x22;
  return { read, end, parsed: JSON.parse(target.subarray(0, end + 1).toString()) };
}

describe("text that becomes the inside of a JSON string", () => {
  it("is read back as it was, whatever it has", () => {
    const texts = fc.string({ unit: "binary", maxLength: 300 }).filter((text) => text.isWellFormed());
    fc.assert(fc.property(texts, (text) => write(text, 6 * 1200).parsed === text));
    const all = Array.from({ length: 0x300 }, (_, code) => String.fromCharCode(code)).join("");
    expect(write(`${all}€😀\u2028`, 8000)).toMatchObject({ parsed: `${all}€😀\u2028` });
  });

  it("is cut at a whole character where it doesn't fit", () => {
    const text = 'a"ä\n€\u0001😀\\z'.repeat(3);
    const bytes = Buffer.from(text);
    for (let size = 0; size < 120; size += 1) {
      const { read, end, parsed } = write(text, size);
      expect(end).toBeLessThanOrEqual(size + 1);
      expect(parsed).toBe(bytes.subarray(0, read).toString());
      expect(parsed).not.toContain("\ufffd");
    }
  });
});
