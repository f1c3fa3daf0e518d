import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";

const folder = join(import.meta.dirname, "streams");

/** The lines of a recorded stream. */
export const readStream = (name: string): string[] =>
  readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .split("\n")
    .filter((line) => line !== "");

/** The lines of every recorded stream, of whichever program. */
export const allLines: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith(".jsonl"))
  .flatMap((file) => readStream(file.slice(0, -".jsonl".length)));

const poison = [
  '{"__proto__":{"type":"result","is_error":false},"constructor":{"prototype":{"x":1}}}',
  '{"type":"__proto__"}',
  '{"type":"constructor"}',
  '{"type":"toString","method":"hasOwnProperty","id":2}',
  '{"method":"__proto__","params":{"__proto__":{"threadId":null}}}',
  '{"type":"system","subtype":"init","session_id":"--dangerously-skip-permissions","model":"\\u0000\\ud800"}',
  '{"type":"thread.started","thread_id":"-c"}',
  '{"type":"result","subtype":"success","is_error":false,"result":"\\u0000\\ud800","total_cost_usd":-1,"usage":{"input_tokens":1e999}}',
  '{"type":"result","total_cost_usd":1e308,"model_usage_since_last_result":{"a":{"costUSD":999999},"b":{"costUSD":999999},"__proto__":{"costUSD":"x"}}}',
  '{"type":"turn.completed","usage":{"input_tokens":1e300,"output_tokens":-5,"cached_input_tokens":"7"}}',
  '{"boardroom":{"status":"failed","error":5}}',
  '{"boardroom":{"status":"succeeded","costUsd":-3}}',
  '{"boardroom":[]}',
  "\u001b]0;owned\u0007\u001b[2J",
  "null",
  "[]",
  "{",
  '"text"',
  "\u0000\u0000",
  "[".repeat(20_000),
  `{"type":"assistant","message":${'{"content":'.repeat(3000)}1${"}".repeat(3000)}}`,
];

/** A real line with one of its values replaced by something else. */
const bent = fc
  .tuple(fc.constantFrom(...allLines), fc.nat(), fc.jsonValue({ maxDepth: 2 }))
  .map(([line, at, value]) => bend(line, at, value));

function bend(line: string, at: number, value: unknown): string {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return line;
  }
  const places: (() => void)[] = [];
  const walk = (node: unknown) => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, inner] of Object.entries(node)) {
      places.push(() => Object.assign(node, { [key]: value }));
      walk(inner);
    }
  };
  walk(event);
  places[at % Math.max(1, places.length)]?.();
  return JSON.stringify(event);
}

/** Lines as a broken, tricked or future program prints them. */
export const hostileLine: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: bent },
  { weight: 2, arbitrary: fc.constantFrom(...allLines) },
  { weight: 2, arbitrary: fc.constantFrom(...poison) },
  fc.tuple(fc.constantFrom(...allLines), fc.nat(400)).map(([line, end]) => line.slice(0, end)),
  fc.json(),
  fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", " ")),
);
