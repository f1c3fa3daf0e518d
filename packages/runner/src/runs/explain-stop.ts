import type { ExecutionResult } from "@boardroom/adapters/local";
import type { ActiveRun, StopReason } from "./active-run.ts";

type End = Pick<ExecutionResult, "status" | "error" | "errorCode" | "errorFamily">;

/** A program that was stopped ended for our reason, whatever it said at the last. */
export function explainStop(run: Pick<ActiveRun, "stopReason" | "stopNote">, result: ExecutionResult): ExecutionResult {
  const reason = run.stopReason();
  if (reason === null) return result;
  // It was done before the stop reached it.
  if (result.status === "succeeded" && reason !== "lost") return result;
  return { ...result, retryAfterSec: null, ...endings[reason](run.stopNote()) };
}

const endings: Record<StopReason, (note: string | null) => End> = {
  cancel: (note) => ({ status: "cancelled", error: note, errorCode: "cancelled", errorFamily: null }),
  pause: (note) => ({
    status: "cancelled",
    error: `Paused${note ? `: ${note}` : ""}.`,
    errorCode: "paused",
    errorFamily: null,
  }),
  timeout: () => ({
    status: "failed",
    error: "The run took longer than it may, and was stopped.",
    errorCode: "timed_out",
    errorFamily: "permanent",
  }),
  shutdown: () => ({
    status: "failed",
    error: "The runner was stopped on its machine while the run was under way.",
    errorCode: "runner_stopped",
    errorFamily: "transient",
  }),
  lost: () => ({ status: "failed", error: "The lease was lost.", errorCode: "lease_lost", errorFamily: null }),
};
