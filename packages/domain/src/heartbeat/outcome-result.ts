import type { RunResult } from "@boardroom/contract";
import type { InvocationOutcome } from "../ports.ts";
import { maxAttempts } from "./limits.ts";

/** What the outcome of a call means as the run's result, once there is no other try. */
export function outcomeResult(outcome: Exclude<InvocationOutcome, { kind: "accepted" }>): RunResult {
  if (outcome.kind === "finished") return outcome.result;
  if (outcome.kind === "gone") {
    return {
      status: "failed",
      errorCode: "endpoint_gone",
      error: "The agent's endpoint answered 410: it is gone. Give the agent a new URL and resume it.",
    };
  }
  const tries = outcome.retryable ? ` Gave up after ${maxAttempts} deliveries.` : "";
  return { status: "failed", errorCode: outcome.errorCode, error: `${outcome.message}${tries}` };
}
