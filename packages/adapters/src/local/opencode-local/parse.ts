import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asDollars,
  asObject,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";
import { errorText } from "./transcript.ts";

/**
 * Reads the events of a run of `opencode run --format json`. They don't name the model: it is the configured one.
 * @param model as `provider/model`; null when OpenCode chooses
 */
export function createOpencodeParser(model: string | null): OutputParser {
  const [provider = null, ...name] = model?.split("/") ?? [];
  let output: CliOutput = { ...emptyOutput, provider, model: name.join("/") || null };
  const readers: Readonly<Record<string, (part: JsonObject, event: JsonObject) => void>> = {
    text({ text }) {
      output = { ...output, summary: asString(text) ?? output.summary };
    },
    step_finish({ tokens, cost, reason }) {
      const told = asObject(tokens);
      const cache = asObject(told?.cache);
      const { input, output: written, reasoning } = told ?? {};
      output = {
        ...output,
        // The last step is the one that calls no more tools.
        isComplete: reason !== "tool-calls",
        usage: addUsage(output.usage, {
          input,
          cacheWrite: cache?.write,
          cached: cache?.read,
          output: written,
          reasoning,
        }),
        costUsd: asDollars((output.costUsd ?? 0) + (asDollars(cost) ?? 0)) ?? output.costUsd,
      };
    },
    error(_, event) {
      const error = asObject(event.error);
      const status = asObject(error?.data)?.statusCode;
      const message = typeof status === "number" ? `${errorText(error)} (HTTP ${status})` : errorText(error);
      output = { ...output, isComplete: true, error: { message, ...codeOf(error) } };
    },
  };
  return {
    read(line) {
      const event = parseObject(line);
      const type = asString(event?.type);
      if (!event || type === null) return;
      output = { ...output, sessionId: output.sessionId ?? asString(event.sessionID) };
      if (Object.hasOwn(readers, type)) readers[type]?.(asObject(event.part) ?? {}, event);
    },
    output: () => output,
  };
}

const codeOf = (error: JsonObject | null) =>
  error?.name === "ProviderAuthError" ? ({ code: "login_required", family: "config" } as const) : {};

/** Whether the session to go on with isn't on this machine any longer. */
export const isOpencodeUnknownSession = (output: CliOutput, ended: CommandResult): boolean =>
  /session not found/i.test(`${output.error?.message ?? ""}\n${ended.stderrTail}`);
