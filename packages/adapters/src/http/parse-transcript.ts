import type { ParsedEntry, TranscriptParser } from "../transcript.ts";

type Kind = ParsedEntry["kind"];
const kinds: Record<Kind, true> = {
  assistant: true,
  thinking: true,
  tool_call: true,
  tool_result: true,
  system: true,
  result: true,
};

/**
 * JSON lines, `{"type":"assistant","text":"…"}`, with `name` and `input` of a tool call, `isError` of a result and the
 * time as `at`; any other line is system text.
 */
export const parseHttpTranscript: TranscriptParser = (text, state, isWhole) => {
  const lines = (state.rest + text).split("\n");
  const last = lines.pop() ?? "";
  const entries: ParsedEntry[] = [];
  let offset = state.offset;
  const take = (line: string) => {
    const entry = parseLine(line.endsWith("\r") ? line.slice(0, -1) : line, offset);
    if (entry) entries.push(entry);
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

function parseLine(line: string, offset: number): ParsedEntry | null {
  if (line.trim() === "") return null;
  const step: Step = parseStep(line) ?? {
    kind: "system",
    text: line,
    name: null,
    input: null,
    isError: false,
    at: null,
  };
  return { ...step, offset };
}

type Step = Omit<ParsedEntry, "offset">;

function parseStep(line: string): Step | null {
  const step = asObject(line);
  const kind = step?.type ?? step?.kind;
  if (!step || typeof kind !== "string" || !isKind(kind)) return null;
  const text = [step.text, step.message, step.content, step.output].find((each) => typeof each === "string");
  const name = [step.name, step.tool].find((each) => typeof each === "string");
  // A step without anything to show is shown as it is written.
  if (text === undefined && name === undefined && step.input === undefined) return null;
  return {
    kind,
    text: typeof text === "string" ? text : "",
    name: typeof name === "string" ? name : null,
    input: step.input === undefined || step.input === null ? null : asText(step.input),
    isError: step.isError === true || step.is_error === true,
    at: asInstant(step.at ?? step.timestamp),
  };
}

const isKind = (kind: string): kind is Kind => Object.hasOwn(kinds, kind);

function asObject(line: string): Record<string, unknown> | null {
  if (!line.startsWith("{")) return null;
  try {
    return JSON.parse(line);
  } catch {
    // Also JSON that is nested too deeply to be read.
    return null;
  }
}

function asText(input: unknown): string {
  if (typeof input === "string") return input;
  try {
    return JSON.stringify(input);
  } catch {
    return "";
  }
}

function asInstant(time: unknown): string | null {
  const at = typeof time === "string" ? new Date(time) : null;
  if (!at || Number.isNaN(at.getTime())) return null;
  const text = at.toISOString();
  return text.length === 24 ? text : null;
}
