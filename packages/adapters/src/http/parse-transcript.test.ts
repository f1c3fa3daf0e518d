import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readTranscript } from "../read-transcript.ts";
import { type ParsedEntry, transcriptStart } from "../transcript.ts";
import { parseHttpTranscript } from "./parse-transcript.ts";

const parse = (text: string, isWhole = true) => parseHttpTranscript(text, transcriptStart, isWhole).entries;
const plain = { name: null, input: null, isError: false, at: null };

describe("a transcript of JSON lines", () => {
  it("reads each kind with what belongs to it", () => {
    const lines = [
      { type: "assistant", text: "Hello" },
      { type: "thinking", text: "Hm" },
      { type: "tool_call", name: "bash", input: { command: "ls" } },
      { type: "tool_result", tool: "bash", output: "a\nb", is_error: true },
      { kind: "system", message: "ready", timestamp: "2026-11-20T10:00:00+01:00" },
      { type: "result", content: "Done" },
    ];
    expect(parse(lines.map((line) => JSON.stringify(line)).join("\r\n"))).toMatchObject([
      { ...plain, kind: "assistant", text: "Hello", offset: 0 },
      { ...plain, kind: "thinking", text: "Hm" },
      { ...plain, kind: "tool_call", text: "", name: "bash", input: '{"command":"ls"}' },
      { ...plain, kind: "tool_result", text: "a\nb", name: "bash", isError: true },
      { ...plain, kind: "system", text: "ready", at: "2026-11-20T09:00:00.000Z" },
      { ...plain, kind: "result", text: "Done" },
    ]);
  });

  it("shows every other line as it is", () => {
    const others = [
      "plain words",
      '{"type":"unknown","text":"x"}',
      '{"type":"assistant"}',
      "{broken",
      "[1]",
      "null",
      '{"type":{}}',
    ];
    expect(parse(others.join("\n\n"))).toMatchObject(others.map((text) => ({ ...plain, kind: "system", text })));
    expect(parse('{"type":"__proto__","text":"x"}\n{"type":"toString","text":"x"}')).toMatchObject([
      { kind: "system" },
      { kind: "system" },
    ]);
  });

  it("takes no time that is none", () => {
    for (const at of ["soon", 5, null, "+123456-01-01T00:00:00Z"]) {
      expect(parse(JSON.stringify({ type: "result", text: "x", at }))).toMatchObject([{ at: null }]);
    }
  });

  it("keeps the last line until it is whole", () => {
    expect(readTranscript("http", "one\ntwo", false)).toMatchObject({ entries: [{ text: "one" }], readBytes: 4 });
    expect(readTranscript("http", "one\ntwo", true)).toMatchObject({
      entries: [{ text: "one" }, { text: "two" }],
      readBytes: 7,
    });
    expect(readTranscript("of tomorrow", "ü\n", false)).toMatchObject({ entries: [{ text: "ü" }], readBytes: 3 });
  });
});

const step = fc.record({
  type: fc.constantFrom("assistant", "thinking", "tool_call", "tool_result", "system", "result", "else"),
  text: fc.string({ unit: "grapheme" }),
  name: fc.option(fc.string()),
  input: fc.jsonValue({ maxDepth: 3 }),
});
const line = fc.oneof(
  step.map((each) => JSON.stringify(each)),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }),
  fc.json().map((text) => text.slice(0, -1)),
  fc.constant("[".repeat(5_000)),
  fc.constant(`{"type":"assistant","text":"x","input":${"[".repeat(9_000)}${"]".repeat(9_000)}}`),
);

describe("whatever a log holds", () => {
  it("is read, and says where each of its lines starts", () => {
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join("\n").toWellFormed();
        const bytes = Buffer.from(text);
        for (const { offset, kind } of parse(text)) {
          expect(offset === 0 || bytes[offset - 1] === 10).toBe(true);
          expect(typeof kind).toBe("string");
        }
      }),
    );
  });

  it("is the same read in parts and in one piece", () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(300)), (lines, cuts) => {
        const characters = [...lines.join("\n").toWellFormed()];
        const places = [...new Set(cuts.map((cut) => cut % (characters.length + 1)))].sort((a, b) => a - b);
        const parts = [...places, characters.length].map((end, at) =>
          characters.slice(places[at - 1] ?? 0, end).join(""),
        );
        let state = transcriptStart;
        const entries: ParsedEntry[] = [];
        for (const [at, part] of parts.entries()) {
          const read = parseHttpTranscript(part, state, at === parts.length - 1);
          entries.push(...read.entries);
          state = read.state;
        }
        expect(entries).toEqual(parse(characters.join("")));
      }),
    );
  });
});
