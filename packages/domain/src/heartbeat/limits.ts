/** A run that isn't renewed for this long has lost its lease. */
export const leaseSeconds = 90;
/** After a cancel request a run keeps its lease this long to end politely. */
export const cancelGraceSeconds = 30;
/** Pauses before the 2nd, 3rd, … delivery of a run whose agent could not be reached. */
export const redeliveryDelaysMs = [5_000, 30_000, 120_000, 600_000] as const;
/** Deliveries of one run before it fails for good. */
export const maxAttempts = redeliveryDelaysMs.length + 1;
/** How often a lost run's task is tried again by a new run. */
export const maxRetriesOfLostRun = 2;

/** Milliseconds until the next delivery after `attempt` deliveries; the agent's own wish may lengthen it up to 10 minutes. */
export function redeliveryDelayMs(attempt: number, retryAfterMs: number | null): number | null {
  const planned = redeliveryDelaysMs[attempt - 1];
  if (planned === undefined) return null;
  return Math.min(Math.max(planned, retryAfterMs ?? 0), 600_000);
}
/** Wakes that agents may cause one after another before a chain of them is cut off. */
export const maxHops = 16;
/** An agent's call without a run belongs to its latest run when that ended no longer ago. */
export const parentRunMinutes = 10;
/** A running run that shows nothing for this long is called silent. */
export const silentAfterSeconds = 120;
