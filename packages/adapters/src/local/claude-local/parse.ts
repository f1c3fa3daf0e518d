import type { ErrorFamily, RunResult } from "@boardroom/contract";
import type { CommandResult } from "../local-adapter.ts";
import {
  addUsage,
  asCount,
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

type Usage = NonNullable<RunResult["usage"]>;

/** Reads the events of a run of `claude --output-format stream-json`. */
export function createClaudeParser(now: () => Date = () => new Date()): OutputParser {
  let output: CliOutput = { ...emptyOutput, provider: "anthropic" };
  const messages = new Map<string, Usage>();
  let spent: Spent | null = null;
  let errorKind: string | null = null;
  let limitResetsAt: number | null = null;
  const readers: Readonly<Record<string, (event: JsonObject) => void>> = {
    system(event) {
      if (event.subtype !== "init") return;
      output = { ...output, sessionId: asString(event.session_id), model: asString(event.model) };
    },
    assistant(event) {
      const message = asObject(event.message);
      errorKind = asString(event.error);
      const id = asString(message?.id);
      const usage = readUsage(asObject(message?.usage));
      // Each block of a message comes as an event of its own, all with the usage of the whole.
      if (id !== null && usage && messages.size < 10_000) messages.set(id, usage);
      const text = asObjects(message?.content).map((block) => (block.type === "text" ? asString(block.text) : null));
      const words = text.filter((each) => each !== null).join("\n");
      // A subagent's words are not the agent's, and neither is an error that is told as if it were words.
      if (words !== "" && errorKind === null && event.parent_tool_use_id == null)
        output = { ...output, summary: words };
    },
    rate_limit_event(event) {
      const info = asObject(event.rate_limit_info);
      if (info?.status === "rejected") limitResetsAt = asCount(info.resetsAt);
    },
    result(event) {
      spent = addSpent(spent, readSpent(event));
      const words = asString(event.result);
      const error = readError(event, errorKind, limitResetsAt, now);
      output = {
        ...output,
        sessionId: asString(event.session_id) ?? output.sessionId,
        summary: error ? output.summary : (words ?? output.summary),
        isComplete: true,
        error,
      };
    },
  };
  return {
    read(line) {
      const event = parseObject(line);
      const type = asString(event?.type);
      if (event && type !== null && Object.hasOwn(readers, type)) readers[type]?.(event);
    },
    output: () => ({
      ...output,
      usage: spent?.usage ?? sumUsage([...messages.values()]),
      costUsd: spent?.costUsd ?? null,
    }),
  };
}

/** Whether the session to go on with isn't on this machine any longer. */
export const isClaudeUnknownSession = (output: CliOutput, ended: CommandResult): boolean =>
  /no conversation found with session id|--resume requires a valid session id/i.test(
    `${output.error?.message ?? ""}\n${ended.stderrTail}`,
  );

interface Spent {
  usage: Usage;
  costUsd: number | null;
}

/** What came since the last result: `total_cost_usd` also counts earlier runs of the session, so the newer field goes first. */
function readSpent(event: JsonObject): Spent {
  const byModel = asObject(event.model_usage_since_last_result);
  if (!byModel) return { usage: readUsage(asObject(event.usage)) ?? {}, costUsd: asDollars(event.total_cost_usd) };
  const spent: Spent = { usage: addUsage(null, {}), costUsd: 0 };
  for (const model of asObjects(Object.values(byModel))) {
    const { inputTokens, cacheCreationInputTokens, cacheReadInputTokens, outputTokens, costUSD } = model;
    spent.usage = addUsage(spent.usage, {
      input: inputTokens,
      cacheWrite: cacheCreationInputTokens,
      cached: cacheReadInputTokens,
      output: outputTokens,
    });
    spent.costUsd = asDollars((spent.costUsd ?? 0) + (asDollars(costUSD) ?? 0));
  }
  return spent;
}

function addSpent(before: Spent | null, more: Spent): Spent {
  if (before === null) return more;
  const isUnknown = before.costUsd === null && more.costUsd === null;
  return {
    usage: sumUsage([before.usage, more.usage]) ?? {},
    costUsd: isUnknown ? null : asDollars((before.costUsd ?? 0) + (more.costUsd ?? 0)),
  };
}

const readUsage = (usage: JsonObject | null): Usage | null =>
  usage &&
  addUsage(null, {
    input: usage.input_tokens,
    cacheWrite: usage.cache_creation_input_tokens,
    cached: usage.cache_read_input_tokens,
    output: usage.output_tokens,
  });

const sumUsage = (usages: readonly Usage[]): Usage | null =>
  usages.reduce<Usage | null>(
    (sum, { inputTokens, cachedInputTokens, outputTokens }) =>
      addUsage(sum, { input: inputTokens, cached: cachedInputTokens, output: outputTokens }),
    null,
  );

const families: Readonly<Record<string, readonly [code: string, family: ErrorFamily]>> = {
  authentication_failed: ["login_required", "config"],
  billing_error: ["billing_error", "quota"],
  rate_limit: ["rate_limited", "quota"],
  model_not_found: ["unknown_model", "config"],
  server_error: ["provider_unavailable", "transient"],
  overloaded: ["provider_unavailable", "transient"],
  error_max_turns: ["max_turns", "permanent"],
  error_max_budget_usd: ["max_budget", "permanent"],
};

function readError(
  event: JsonObject,
  errorKind: string | null,
  limitResetsAt: number | null,
  now: () => Date,
): CliOutput["error"] {
  const subtype = asString(event.subtype);
  if (event.is_error !== true && subtype === "success") return null;
  const errors = Array.isArray(event.errors) ? event.errors.filter((error) => typeof error === "string") : [];
  const message = asString(event.result) ?? (errors.join("\n") || `Claude ended with ${subtype ?? "an error"}.`);
  const kind = [errorKind, subtype].find((each) => each !== null && Object.hasOwn(families, each));
  const [code, family] = (kind ? families[kind] : undefined) ?? [];
  const waits = family === "quota" && limitResetsAt !== null;
  const retryAfterSec = waits ? Math.ceil(limitResetsAt - now().getTime() / 1000) : null;
  return {
    message,
    code,
    family,
    retryAfterSec: retryAfterSec === null ? null : Math.min(86_400, Math.max(0, retryAfterSec)),
  };
}
