import type { ErrorFamily, RunResult, RunStatus } from "@boardroom/contract";
import { cancelGraceSeconds, maxAttempts, retryPolicy } from "./limits.ts";

/** What the machine knows of a run. Times are milliseconds. */
export interface RunState {
  id: string;
  status: RunStatus;
  attempt: number;
  fence: number | null;
  availableAt: number;
  leaseExpiresAt: number | null;
  deadlineAt: number | null;
  isAcknowledged: boolean;
  cancelRequestedAt: number | null;
  errorFamily: ErrorFamily | null;
  retryOfRunId: string | null;
  retryNumber: number;
}

export type RunEvent =
  | { type: "claim"; leaseSeconds: number; timeoutSeconds: number }
  | { type: "skip" }
  | { type: "wait"; until: number }
  | { type: "acknowledge"; fence: number }
  | { type: "renew"; fence: number; leaseSeconds: number }
  | { type: "complete"; fence: number; result: Pick<RunResult, "status" | "errorFamily" | "retryAfterSec"> }
  | { type: "requeue"; fence: number; delayMs: number }
  | { type: "cancel" }
  | { type: "reap" };

/** What the machine takes from outside: one clock, ids, fences that only grow, chance between 0 and 1. */
export interface RunWorld {
  now: number;
  nextFence(): number;
  nextId(): string;
  random(): number;
}

export type RunStep =
  | { run: RunState; retry: RunState | null; refusal: null }
  | { run: RunState; retry: null; refusal: "lease_lost" | "ended" | "not_due" | "not_queued" };

/**
 * From which states an event may come, and to which it leads. Everything that isn't here is refused and changes nothing; the
 * statements take their guards from the same table.
 */
export const runTransitions = {
  claim: { from: ["queued"], to: ["running"] },
  skip: { from: ["queued"], to: ["cancelled"] },
  wait: { from: ["queued"], to: ["queued"] },
  acknowledge: { from: ["running"], to: ["running"] },
  renew: { from: ["running"], to: ["running"] },
  complete: { from: ["running"], to: ["succeeded", "failed", "cancelled", "timed_out"] },
  requeue: { from: ["running"], to: ["queued"] },
  cancel: { from: ["queued", "running"], to: ["cancelled", "running"] },
  reap: { from: ["running"], to: ["queued", "cancelled", "timed_out", "lost"] },
} as const satisfies Record<RunEvent["type"], { from: readonly RunStatus[]; to: readonly RunStatus[] }>;

/** A run that was just queued. */
export function newRun(id: string, now: number): RunState {
  return {
    id,
    status: "queued",
    attempt: 0,
    fence: null,
    availableAt: now,
    leaseExpiresAt: null,
    deadlineAt: null,
    isAcknowledged: false,
    cancelRequestedAt: null,
    errorFamily: null,
    retryOfRunId: null,
    retryNumber: 0,
  };
}

/** Whether nothing can happen to a run any more. */
export const hasEnded = (status: RunStatus): boolean => status !== "queued" && status !== "running";

/** One step of a run: the next state, the run that tries again where one does, or why nothing happened. */
export function stepRun(run: RunState, event: RunEvent, world: RunWorld): RunStep {
  const allowed: readonly RunStatus[] = runTransitions[event.type].from;
  if (!allowed.includes(run.status)) return refuse(run, event);
  if ("fence" in event && event.fence !== run.fence) return { run, retry: null, refusal: "lease_lost" };
  switch (event.type) {
    case "claim":
      return claim(run, event, world);
    case "skip":
      return step({ ...run, status: "cancelled" });
    case "wait":
      return step({ ...run, availableAt: event.until });
    case "acknowledge":
      return step({ ...run, isAcknowledged: true });
    case "renew":
      return renew(run, event, world);
    case "complete":
      return complete(run, event, world);
    case "requeue":
      return requeue(run, event, world);
    case "cancel":
      return cancel(run, world);
    case "reap":
      return reap(run, world);
  }
}

function refuse(run: RunState, { type }: RunEvent): RunStep {
  if (type === "claim" || type === "skip" || type === "wait") return { run, retry: null, refusal: "not_queued" };
  return { run, retry: null, refusal: type === "cancel" || type === "reap" ? "ended" : "lease_lost" };
}

const step = (run: RunState, retry: RunState | null = null): RunStep => ({ run, retry, refusal: null });

function claim(run: RunState, event: Extract<RunEvent, { type: "claim" }>, { now, nextFence }: RunWorld): RunStep {
  if (run.availableAt > now) return { run, retry: null, refusal: "not_due" };
  return step({
    ...run,
    status: "running",
    attempt: run.attempt + 1,
    fence: nextFence(),
    leaseExpiresAt: now + event.leaseSeconds * 1000,
    deadlineAt: now + event.timeoutSeconds * 1000,
    isAcknowledged: false,
  });
}

/** Past its deadline a run is told to stop; from then on, as after a cancel request, its lease ends with the grace period. */
function renew(run: RunState, event: Extract<RunEvent, { type: "renew" }>, { now }: RunWorld): RunStep {
  if (run.leaseExpiresAt === null || run.leaseExpiresAt <= now) return { run, retry: null, refusal: "lease_lost" };
  const isLate = run.deadlineAt !== null && run.deadlineAt <= now;
  const next: RunState = {
    ...run,
    isAcknowledged: true,
    cancelRequestedAt: run.cancelRequestedAt ?? (isLate ? now : null),
  };
  const ends = [now + event.leaseSeconds * 1000];
  if (next.deadlineAt !== null) ends.push(next.deadlineAt + cancelGraceSeconds * 1000);
  if (next.cancelRequestedAt !== null)
    ends.push(run.leaseExpiresAt, next.cancelRequestedAt + cancelGraceSeconds * 1000);
  return step({ ...next, leaseExpiresAt: Math.min(...ends) });
}

function complete(run: RunState, { result }: Extract<RunEvent, { type: "complete" }>, world: RunWorld): RunStep {
  const status = result.status === "cancelled" && wasToldToStopLate(run) ? "timed_out" : result.status;
  const family = result.status === "failed" ? (result.errorFamily ?? null) : null;
  const ended: RunState = { ...run, status, leaseExpiresAt: null, errorFamily: family };
  const isTriedAgain = (family === "transient" || family === "quota") && run.cancelRequestedAt === null;
  if (!isTriedAgain) return step(ended);
  return step(ended, retryOf(ended, family, result.retryAfterSec ?? 0, world));
}

/** Told to stop because its time was up, and not because the board wanted it. */
const wasToldToStopLate = ({ deadlineAt, cancelRequestedAt }: RunState) =>
  deadlineAt !== null && cancelRequestedAt !== null && cancelRequestedAt >= deadlineAt;

function requeue(run: RunState, event: Extract<RunEvent, { type: "requeue" }>, { now }: RunWorld): RunStep {
  if (run.isAcknowledged || run.cancelRequestedAt !== null) return { run, retry: null, refusal: "lease_lost" };
  return step({ ...run, status: "queued", leaseExpiresAt: null, deadlineAt: null, availableAt: now + event.delayMs });
}

function cancel(run: RunState, { now }: RunWorld): RunStep {
  const asked: RunState = { ...run, cancelRequestedAt: run.cancelRequestedAt ?? now };
  if (run.status === "queued") return step({ ...asked, status: "cancelled" });
  return step({ ...asked, leaseExpiresAt: Math.min(run.leaseExpiresAt ?? now, now + cancelGraceSeconds * 1000) });
}

function reap(run: RunState, world: RunWorld): RunStep {
  const { now } = world;
  if (run.leaseExpiresAt === null || run.leaseExpiresAt >= now) return { run, retry: null, refusal: "not_due" };
  const ended: RunState = { ...run, leaseExpiresAt: null };
  if (run.cancelRequestedAt !== null)
    return step({ ...ended, status: wasToldToStopLate(run) ? "timed_out" : "cancelled" });
  if (run.isAcknowledged && run.deadlineAt !== null && run.deadlineAt <= now)
    return step({ ...ended, status: "timed_out" });
  if (!run.isAcknowledged && run.attempt < maxAttempts)
    return step({ ...ended, status: "queued", deadlineAt: null, availableAt: now });
  const lost: RunState = { ...ended, status: run.isAcknowledged ? "lost" : "timed_out" };
  return step(lost, retryOf(lost, "lost", 0, world));
}

/** The run that tries a failed or lost one's task again, or null when it was tried often enough. */
function retryOf(
  run: RunState,
  family: keyof typeof retryPolicy,
  retryAfterSec: number,
  world: RunWorld,
): RunState | null {
  if (run.retryNumber >= retryPolicy[family].maxRetries) return null;
  const availableAt = world.now + retryDelaySeconds(family, run.retryNumber, retryAfterSec, world.random()) * 1000;
  return { ...newRun(world.nextId(), availableAt), retryOfRunId: run.id, retryNumber: run.retryNumber + 1 };
}

/**
 * Seconds until a task is tried again: the first delay times four with each retry, up to a fifth longer by chance, at most
 * the family's longest; the agent's own wish lengthens it.
 */
export function retryDelaySeconds(
  family: keyof typeof retryPolicy,
  retryNumber: number,
  retryAfterSec: number,
  chance: number,
): number {
  const { firstSeconds, longestSeconds } = retryPolicy[family];
  return Math.max(retryAfterSec, Math.min(longestSeconds, firstSeconds * 4 ** retryNumber * (1 + chance / 5)));
}
