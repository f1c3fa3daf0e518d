import { describe, expect, it } from "vitest";
import { invocationLine } from "./invocation-line.ts";
import { steps } from "./steps.ts";
import { plain, terminalOf } from "./terminal.ts";

const show = terminalOf((event) => {
  if (event.type === "say") return [steps.assistant(String(event.text))];
  if (event.type === "call") return [steps.toolCall("bash", String(event.text)), steps.toolResult("No", true)];
  return event.type === "quiet" ? [] : null;
});
const bare = { debug: false, color: false };

describe("a line in the terminal", () => {
  it("has the colour of its kind", () => {
    expect(show('{"type":"say","text":"Hello"}', { debug: false, color: true })).toBe("\u001b[32mHello\u001b[0m");
    expect(show('{"type":"say","text":"Hello"}', bare)).toBe("Hello");
    expect(show('{"type":"call","text":"ls"}', bare)).toBe("→ bash ls\n  No");
    expect(show('{"type":"call","text":"ls"}', { debug: false, color: true })).toContain("\u001b[31m  No");
  });

  it("is left out when it tells nothing, and shown for debugging when it is unknown", () => {
    expect(show('{"type":"quiet"}', bare)).toBeNull();
    expect(show("  ", bare)).toBeNull();
    expect(show('{"type":"new"}', bare)).toBeNull();
    expect(show('{"type":"new"}', { debug: true, color: false })).toBe('{"type":"new"}');
    expect(show("plain words", bare)).toBe("plain words");
  });

  it("cuts long tool calls unless everything is wanted", () => {
    const line = JSON.stringify({ type: "call", text: "x".repeat(5000) });
    expect(show(line, bare)?.length).toBeLessThan(300);
    expect(show(line, { ...bare, debug: true })?.length).toBeGreaterThan(5000);
  });

  it("says how the program was started", () => {
    const line = invocationLine({
      command: "claude",
      args: ["-p", "a b"],
      envNames: ["HOME"],
      model: null,
      resumedSession: "s-1",
    });
    expect(show(line, bare)).toBe('$ claude -p "a b" (goes on with session s-1)');
  });
});

describe("plain text", () => {
  it.each([
    ["\u001b[2J\u001b[1;31mred\u001b[0m", "red"],
    ["\u001b]0;title\u0007text", "text"],
    ["\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\", "link"],
    ["\u001bPq#0\u001b\\after", "after"],
    ["\u009b31mx", "31mx"],
    ["a\rb\u0008c\u0000d", "abcd"],
    ["tab\tand\nbreak", "tab\tand\nbreak"],
    ["\u001b]unclosed\nnext line", "\nnext line"],
  ])("holds nothing that a terminal obeys: %j", (text, expected) => {
    expect(plain(text)).toBe(expected);
  });
});
