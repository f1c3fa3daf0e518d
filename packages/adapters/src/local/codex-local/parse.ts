import type { CommandResult } from "../local-adapter.ts";
import {
  asObject,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";
import { readTotals, subtractTotals, type TokenTotals, totalsBefore, usageOf } from "./read-totals.ts";

/**
 * Reads the events of `codex exec --json`.
 * @param resumed the session's parameters: its usage is told as a total, from which the earlier runs are taken
 */
export function createCodexParser(model: string | null, resumed: JsonObject | null): OutputParser {
  let output: CliOutput = { ...emptyOutput, provider: "openai", model };
  const before = totalsBefore(resumed);
  const readers: Readonly<Record<string, (event: JsonObject) => void>> = {
    "thread.started": (event) => {
      output = { ...output, sessionId: asString(event.thread_id) };
    },
    "item.completed": (event) => {
      const item = asObject(event.item);
      const text = item?.type === "agent_message" ? asString(item.text) : null;
      if (text !== null) output = { ...output, summary: text };
    },
    "turn.completed": (event) => {
      const totals = readTotals(event.usage);
      output = { ...output, isComplete: true, error: null, ...(totals ? spent(totals, before, resumed !== null) : {}) };
    },
    "turn.failed": (event) => {
      const message = asString(asObject(event.error)?.message) ?? output.error?.message ?? "Codex failed.";
      output = { ...output, isComplete: true, error: { message } };
    },
    error: (event) => {
      output = { ...output, error: { message: asString(event.message) ?? "Codex told of an error." } };
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

/** A resumed session whose earlier total isn't known tells nothing of this run. */
function spent(totals: TokenTotals, before: TokenTotals | null, isResumed: boolean): Partial<CliOutput> {
  const isKnown = before !== null || !isResumed;
  return {
    usage: isKnown ? usageOf(subtractTotals(totals, before ?? { input: 0, cached: 0, output: 0 })) : null,
    sessionState: { totals },
  };
}

/** Whether the session to go on with isn't on this machine any longer. */
export const isCodexUnknownSession = (output: CliOutput, ended: CommandResult): boolean =>
  /no rollout found|(?:thread|session|conversation) (?:id )?not found|no such (?:thread|session)|invalid thread id/i.test(
    `${output.error?.message ?? ""}\n${ended.stderrTail}`,
  );
