import type { RunResult } from "./entities/run.ts";

/** One call of an agent that is reachable from the edge. */
export interface Invocation {
  adapterType: string;
  config: Record<string, unknown>;
  /** Current secret first; the previous one during its rotation. */
  secrets: readonly string[];
  runId: string;
  traceparent: string;
  /** What the agent calls the run, once it has accepted it. */
  externalRunId?: string | null;
  payload: HeartbeatPayload | CancelPayload | PollPayload;
}

/** The body of the webhook that starts a run. */
export interface HeartbeatPayload {
  type: "heartbeat.invoke";
  timestamp: string;
  data: {
    agentId: string;
    companyId: string;
    runId: string;
    taskId: string | null;
    wakeReason: string;
    context: Record<string, unknown>;
    callbackUrl: string;
    apiUrl: string;
    runToken: string;
    leaseExpiresAt: string;
    fence: number;
  };
  agentId: string;
  runId: string;
  context: Record<string, unknown>;
}

/** The body of the webhook that tells an agent to stop a run. */
export interface CancelPayload {
  type: "heartbeat.cancel";
  timestamp: string;
  data: { agentId: string; companyId: string; runId: string; reason: string | null; fence: number };
}

/** Asks how a run does that the agent accepted: only of kinds that are asked (`isPolled`), since they don't call back. */
export interface PollPayload {
  type: "heartbeat.poll";
  data: { agentId: string; companyId: string; runId: string; fence: number };
}

export type InvocationOutcome =
  | { kind: "finished"; httpStatus: number; result: RunResult }
  /** The agent works on it; `externalRunId` is its own name for the run. */
  | { kind: "accepted"; httpStatus: number; externalRunId?: string }
  /** The endpoint says that it is gone for good. */
  | { kind: "gone"; httpStatus: number }
  /** Worth another try only when `retryable`. */
  | { kind: "failed"; retryable: boolean; errorCode: string; message: string; retryAfterMs: number | null };
