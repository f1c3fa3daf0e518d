import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asObject,
  asObjects,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";

/** Reads the events of a run of `cursor-agent --output-format stream-json`. */
export function createCursorParser(): OutputParser {
  let output: CliOutput = { ...emptyOutput, provider: "cursor" };
  const readers: Readonly<Record<string, (event: JsonObject) => void>> = {
    system({ subtype, model }) {
      if (subtype === "init") output = { ...output, model: asString(model) };
    },
    assistant({ message }) {
      const texts = asObjects(asObject(message)?.content).map(({ text }) => asString(text) ?? "");
      output = { ...output, summary: texts.join("\n").trim() || output.summary };
    },
    result({ subtype, is_error, result, usage }) {
      const isError = is_error === true || (subtype !== undefined && subtype !== "success");
      const told = asObject(usage);
      const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = told ?? {};
      output = {
        ...output,
        isComplete: true,
        usage: told
          ? addUsage(null, {
              input: inputTokens,
              cacheWrite: cacheWriteTokens,
              cached: cacheReadTokens,
              output: outputTokens,
            })
          : null,
        error: isError
          ? { message: asString(result) ?? `Cursor ended with ${asString(subtype) ?? "an error"}.` }
          : null,
      };
    },
  };
  return {
    read(line) {
      const event = parseObject(line);
      const type = asString(event?.type);
      if (!event || type === null) return;
      output = { ...output, sessionId: asString(event.session_id) ?? output.sessionId };
      if (Object.hasOwn(readers, type)) readers[type]?.(event);
    },
    output: () => output,
  };
}

/** Whether the conversation to go on with isn't there any longer. */
export const isCursorUnknownSession = (output: CliOutput, ended: CommandResult): boolean =>
  /(?:chat|session|conversation|agent)\b[^\n]{0,120}\b(?:not found|does not exist|doesn't exist)|(?:unknown|no such|invalid) (?:chat|session|conversation)/i.test(
    `${output.error?.message ?? ""}\n${ended.stderrTail}`,
  );
