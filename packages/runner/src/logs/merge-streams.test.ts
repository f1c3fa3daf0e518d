import { describe, expect, it } from "vitest";
import { createStreamMerger } from "./merge-streams.ts";

const bytes = (text: string) => Buffer.from(text);
/** As text, which what comes out always is. */
const newMerger = () => {
  const merger = createStreamMerger();
  return {
    push: (...args: Parameters<typeof merger.push>) => merger.push(...args).toString(),
    flush: () => merger.flush().toString(),
  };
};

describe("what a program writes to two streams", () => {
  it("is passed on line by line, so that none lies within another", () => {
    const merger = newMerger();
    const text = [
      merger.push("stdout", bytes('{"type":"assi')),
      merger.push("stderr", bytes("warning\n")),
      merger.push("stdout", bytes('stant"}\n')),
    ].join("");
    expect(text).toBe('warning\n{"type":"assistant"}\n');
  });

  it("keeps whole a line that is longer than what is held", () => {
    const merger = newMerger();
    const long = "x".repeat(3_000_000);
    const written = [
      merger.push("stdout", bytes(long)),
      merger.push("stderr", bytes("warning\n")),
      merger.push("stdout", bytes("y\n")),
    ];
    expect(written.join("")).toBe(`${long}y\nwarning\n`);
  });

  it("shows a line without an end when asked to, and starts anew for the other stream", () => {
    const merger = newMerger();
    expect(merger.push("stdout", bytes("working ..."))).toBe("");
    expect(merger.flush()).toBe("working ...");
    merger.push("stderr", bytes("oh\n"));
    expect(merger.flush()).toBe("\noh\n");
  });

  it("joins a character that came in two pieces, and replaces what is none", () => {
    const merger = newMerger();
    const euro = bytes("€\n");
    expect(merger.push("stdout", euro.subarray(0, 1)) + merger.push("stdout", euro.subarray(1))).toBe("€\n");
    expect(merger.push("stdout", Buffer.from([0x61, 0xff, 0xfe, 0x00, 0x62, 0x0a]))).toBe("a\ufffd\ufffd\ufffdb\n");
    expect(merger.push("stdout", Buffer.from([0xed, 0xa0, 0x80, 0x0a])).isWellFormed()).toBe(true);
  });

  it("lets colours and other escapes through as they are", () => {
    expect(newMerger().push("stdout", bytes("\u001b[31mred\u001b[0m\r\n"))).toBe("\u001b[31mred\u001b[0m\r\n");
  });
});
