import type { RunResult } from "@boardroom/contract";
import { asCount } from "./json.ts";

type Usage = NonNullable<RunResult["usage"]>;

const most = 1e12;

/** Adds what one answer of a model took, in the words of a program, to what a run has taken. */
export function addUsage(
  sum: RunResult["usage"],
  more: { input?: unknown; cacheWrite?: unknown; cached?: unknown; output?: unknown; reasoning?: unknown },
): Usage {
  const count = (...values: unknown[]) => values.reduce<number>((total, value) => total + (asCount(value) ?? 0), 0);
  return {
    inputTokens: Math.min(most, count(sum?.inputTokens, more.input, more.cacheWrite)),
    cachedInputTokens: Math.min(most, count(sum?.cachedInputTokens, more.cached)),
    outputTokens: Math.min(most, count(sum?.outputTokens, more.output, more.reasoning)),
  };
}
