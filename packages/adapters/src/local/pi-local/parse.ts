import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asDollars,
  asObject,
  asObjects,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";
import { contentText } from "./transcript.ts";

/** Reads the events of a run of `pi --mode json`. */
export function createPiParser(): OutputParser {
  let output: CliOutput = { ...emptyOutput };
  const readAssistant = (message: JsonObject) => {
    const { input, cacheRead, cacheWrite, output: written, cost } = asObject(message.usage) ?? {};
    const dollars = asDollars(asObject(cost)?.total) ?? 0;
    const words = contentText(asObjects(message.content).filter(({ type }) => type === "text"));
    const isError = message.stopReason === "error" || message.stopReason === "aborted";
    output = {
      ...output,
      provider: asString(message.provider) ?? output.provider,
      model: asString(message.model) ?? output.model,
      summary: words || output.summary,
      usage: addUsage(output.usage, { input, cacheWrite, cached: cacheRead, output: written }),
      costUsd: asDollars((output.costUsd ?? 0) + dollars) ?? output.costUsd,
      // It tries some errors again by itself: only the last answer counts.
      error: isError ? { message: asString(message.errorMessage) ?? "pi ended with an error." } : null,
    };
  };
  return {
    read(line) {
      const event = parseObject(line);
      if (event?.type === "session") output = { ...output, sessionId: asString(event.id) };
      if (event?.type === "agent_end") output = { ...output, isComplete: true };
      const message = event?.type === "message_end" ? asObject(event.message) : null;
      if (message?.role === "assistant") readAssistant(message);
    },
    output: () => output,
  };
}

/** Whether the session to go on with isn't on this machine any longer. */
export const isPiUnknownSession = (_: CliOutput, ended: CommandResult): boolean =>
  /no session found matching|session (?:file )?not found/i.test(ended.stderrTail);
