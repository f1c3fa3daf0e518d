import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

const folder = join(import.meta.dirname, "streams");
/** Everything that any program was recorded with: to the others it is a stranger's. */
const recorded = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .flatMap((name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n"));

const types = [
  "system",
  "init",
  "message",
  "message_end",
  "assistant",
  "user",
  "tool_call",
  "tool_use",
  "step_finish",
  "text",
  "result",
  "error",
  "session",
  "agent_end",
  "thread.started",
  "item.completed",
  "turn.completed",
  "constructor",
  "__proto__",
];
const values = ["null", "7", '"text"', "[]", "[null,7]", "{}", '{"content":7}', '{"__proto__":{"polluted":1}}', "true"];
const fields = [
  "message",
  "part",
  "item",
  "usage",
  "stats",
  "tool_call",
  "error",
  "content",
  "session_id",
  "sessionID",
];

/** Lines that no program should print: cut off, of the wrong types, without end, or meant to steer what reads them. */
export const allLines: readonly string[] = [
  "",
  " ",
  "{",
  "null",
  "[]",
  '"text"',
  "\u0000",
  "\ud800",
  "\u001b[2J\u001b]0;owned\u0007",
  '{"type":null}',
  '{"type":"text","part":{"text":"\u001b[31mred"}}',
  '{"__proto__":{"polluted":true},"type":"result"}',
  '{"type":"result","session_id":"--dangerous","usage":{"inputTokens":-1,"outputTokens":1e300}}',
  `{"type":"result","result":${"[".repeat(10_000)}${"]".repeat(10_000)}}`,
  `{"type":"assistant","message":{"content":[{"type":"text","text":"${"x".repeat(100_000)}"}]}}`,
  ...types.flatMap((type) =>
    values.map((value) => `{"type":"${type}",${fields.map((field) => `"${field}":${value}`).join(",")}}`),
  ),
  ...recorded.map((line) => line.slice(0, Math.floor(line.length / 2))),
  ...recorded,
];

/** Any of these, anything else, and JSON of any shape under the names that programs use. */
export const hostileLine: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...allLines),
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", " ").toWellFormed()),
  fc.json(),
  fc
    .record({ type: fc.constantFrom(...types), value: fc.jsonValue(), field: fc.constantFrom(...fields) })
    .map(({ type, value, field }) => JSON.stringify({ type, [field]: value })),
);
