import type { ParsedEntry, TranscriptParser } from "../../transcript.ts";
import { readInvocation } from "./invocation-line.ts";
import { type JsonObject, parseObject } from "./json.ts";
import { type Step, steps } from "./steps.ts";

/**
 * What one line of a program's output tells: its steps, none when it isn't worth one, null when the reader doesn't know
 * it. Looks at nothing but the line.
 */
export type EventReader = (event: JsonObject) => readonly Step[] | null;

/** A parser of logs whose lines are JSON events, between lines of plain text. What the reader doesn't know is shown as it is. */
export const transcriptOf =
  (readEvent: EventReader): TranscriptParser =>
  (text, state, isWhole) => {
    const lines = (state.rest + text).split("\n");
    const last = lines.pop() ?? "";
    const entries: ParsedEntry[] = [];
    let offset = state.offset;
    const take = (line: string) => {
      for (const step of readLine(line, readEvent)) entries.push({ ...step, offset });
      offset += encoder.encode(line).byteLength;
    };
    for (const line of lines) {
      take(line);
      offset += 1;
    }
    if (!isWhole) return { entries, state: { rest: last, offset } };
    take(last);
    return { entries, state: { rest: "", offset } };
  };

const encoder = new TextEncoder();

/** The steps of one line, whatever it is. */
export function readLine(line: string, readEvent: EventReader): readonly Step[] {
  const text = line.endsWith("\r") ? line.slice(0, -1) : line;
  if (text.trim() === "") return [];
  const event = parseObject(text);
  const read = event && (readInvocation(event) ?? readEvent(event));
  return read ?? [steps.system(text)];
}
