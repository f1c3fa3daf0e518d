import type { RunResult } from "@boardroom/contract";
import { addUsage, asCount, asObject, type JsonObject } from "../toolkit/index.ts";

/** Tokens as Codex counts them: the input holds what came from the cache. */
export interface TokenTotals {
  input: number;
  cached: number;
  output: number;
}

/** Token counts of either way of running Codex, or those that a session kept. */
export function readTotals(value: unknown): TokenTotals | null {
  const counts = asObject(value);
  if (!counts) return null;
  const read = (...names: string[]) => names.map((name) => asCount(counts[name])).find((count) => count !== null) ?? 0;
  return {
    input: read("input_tokens", "inputTokens", "input"),
    cached: read("cached_input_tokens", "cachedInputTokens", "cached"),
    output: read("output_tokens", "outputTokens", "output"),
  };
}

export const addTotals = (one: TokenTotals, other: TokenTotals): TokenTotals => ({
  input: one.input + other.input,
  cached: one.cached + other.cached,
  output: one.output + other.output,
});

/** What came since `before`. Codex counts over the whole session; a count that fell has started anew. */
export function subtractTotals(now: TokenTotals, before: TokenTotals): TokenTotals {
  if (now.input < before.input || now.output < before.output) return now;
  return {
    input: now.input - before.input,
    cached: Math.max(0, now.cached - before.cached),
    output: now.output - before.output,
  };
}

export const usageOf = ({ input, cached, output }: TokenTotals): NonNullable<RunResult["usage"]> =>
  addUsage(null, { input: Math.max(0, input - cached), cached, output });

/** The totals that the session had when its last run ended; null when they aren't known. */
export const totalsBefore = (resumed: JsonObject | null): TokenTotals | null =>
  resumed ? readTotals(resumed.totals) : null;
