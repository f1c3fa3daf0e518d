import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asObject,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";

const maxWords = 8000;

/** Reads the events of a run of `gemini --output-format stream-json`. */
export function createGeminiParser(): OutputParser {
  let output: CliOutput = { ...emptyOutput, provider: "google" };
  // Words come in pieces; those since the last tool call are the last ones.
  let words = "";
  const readers: Readonly<Record<string, (event: JsonObject) => void>> = {
    init(event) {
      output = { ...output, sessionId: asString(event.session_id), model: asString(event.model) };
    },
    message({ role, content, delta }) {
      const text = asString(content);
      if (role !== "assistant" || text === null) return;
      words = (delta === true ? words + text : text).slice(-maxWords);
      output = { ...output, summary: words };
    },
    tool_use() {
      words = "";
    },
    result(event) {
      const stats = asObject(event.stats);
      const message = asString(asObject(event.error)?.message);
      const isError = event.status !== "success";
      output = {
        ...output,
        isComplete: true,
        usage: stats ? addUsage(null, { input: stats.input, cached: stats.cached, output: stats.output_tokens }) : null,
        error: isError ? { message: message ?? "Gemini CLI ended with an error." } : null,
      };
    },
  };
  return {
    read(line) {
      const event = parseObject(line);
      const type = asString(event?.type);
      if (event && type !== null && Object.hasOwn(readers, type)) readers[type]?.(event);
    },
    output: () => output,
  };
}

/** Whether the session to go on with isn't on this machine, or not of this folder. */
export const isGeminiUnknownSession = (_: CliOutput, ended: CommandResult): boolean =>
  /error resuming session|invalid session identifier|no previous sessions found/i.test(ended.stderrTail);
