import type { ErrorFamily } from "@boardroom/contract";
import {
  asObject,
  asString,
  type CliOutput,
  emptyOutput,
  type JsonObject,
  type OutputParser,
  parseObject,
} from "../toolkit/index.ts";
import { addTotals, readTotals, type TokenTotals, usageOf } from "./read-totals.ts";
import { steerRequestId, threadRequestId } from "./requests.ts";

/** Reads the messages of `codex app-server` during one turn. */
export function createAppServerParser(model: string | null): OutputParser {
  let output: CliOutput = { ...emptyOutput, provider: "openai", model };
  const turns = new Set<string>();
  let totals: TokenTotals | null = null;
  const readers: Readonly<Record<string, (params: JsonObject) => void>> = {
    "turn/started": (params) => {
      const id = asString(asObject(params.turn)?.id);
      if (id !== null && turns.size < 1000) turns.add(id);
    },
    "item/completed": (params) => {
      const item = asObject(params.item);
      const text = item?.type === "agentMessage" ? asString(item.text) : null;
      if (text !== null && isOwnThread(params)) output = { ...output, summary: text };
    },
    "thread/tokenUsage/updated": (params) => {
      const usage = asObject(params.tokenUsage);
      const last = readTotals(usage?.last);
      // After a resume the first one repeats the last turn of the earlier run.
      if (!last || !turns.has(asString(params.turnId) ?? "")) return;
      totals = totals ? addTotals(totals, last) : last;
      output = { ...output, usage: usageOf(totals) };
      if (isOwnThread(params)) output = { ...output, sessionState: { totals: readTotals(usage?.total) } };
    },
    error: (params) => {
      if (params.willRetry !== true) output = { ...output, error: readTurnError(asObject(params.error)) };
    },
    "turn/completed": (params) => {
      const turn = asObject(params.turn);
      if (!isOwnThread(params)) return;
      const isCompleted = turn?.status === "completed";
      const failure = asObject(turn?.error);
      const error = failure
        ? readTurnError(failure)
        : (output.error ?? { message: `The turn was ${asString(turn?.status) ?? "lost"}.` });
      output = { ...output, isComplete: true, error: isCompleted ? null : error };
    },
  };
  const isOwnThread = (params: JsonObject) => output.sessionId === null || params.threadId === output.sessionId;
  const readAnswer = (event: JsonObject) => {
    const failure = asObject(event.error);
    if (failure && event.id !== steerRequestId)
      output = { ...output, error: { message: asString(failure.message) ?? "Codex refused a request." } };
    const result = asObject(event.result);
    const thread = asString(asObject(result?.thread)?.id);
    if (event.id === threadRequestId && thread !== null) {
      output = { ...output, sessionId: thread, model: asString(result?.model) ?? output.model };
    }
  };
  return {
    read(line) {
      const event = parseObject(line);
      const method = asString(event?.method);
      if (event && method === null) readAnswer(event);
      if (event && method !== null && Object.hasOwn(readers, method)) readers[method]?.(asObject(event.params) ?? {});
    },
    output: () => output,
  };
}

const families: Readonly<Record<string, readonly [code: string, family: ErrorFamily]>> = {
  usageLimitExceeded: ["rate_limited", "quota"],
  rateLimitExceeded: ["rate_limited", "quota"],
  serverOverloaded: ["provider_unavailable", "transient"],
  internalServerError: ["provider_unavailable", "transient"],
  flexUnavailable: ["provider_unavailable", "transient"],
  modelNotFound: ["unknown_model", "config"],
  unauthorized: ["login_required", "config"],
  contextWindowExceeded: ["context_window", "permanent"],
  sandboxError: ["sandbox_error", "permanent"],
};

function readTurnError(error: JsonObject | null): NonNullable<CliOutput["error"]> {
  const message = asString(error?.message) ?? "Codex told of an error.";
  const info = asString(error?.codexErrorInfo);
  const [code, family] = (info !== null && Object.hasOwn(families, info) ? families[info] : undefined) ?? [];
  return { message, code, family };
}
