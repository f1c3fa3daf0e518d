/** After a cancel request a run keeps its lease this long to end politely. */
export const cancelGraceSeconds = 30;
/** Pauses before the 2nd, 3rd, … delivery of a run whose agent could not be reached. */
export const redeliveryDelaysMs = [5_000, 30_000, 120_000, 600_000] as const;
/** Deliveries of one run before it fails for good. */
export const maxAttempts = redeliveryDelaysMs.length + 1;
/** How a task is tried again by a new run, by what its last run died of. Other failures are not tried again. */
export const retryPolicy = {
  transient: { maxRetries: 4, firstSeconds: 5, longestSeconds: 600 },
  quota: { maxRetries: 4, firstSeconds: 60, longestSeconds: 600 },
  lost: { maxRetries: 2, firstSeconds: 5, longestSeconds: 600 },
} as const;
/** Pause of an agent's task after 1, 2, … runs in a row that changed nothing anybody can see; only the board and timers go ahead. */
export const quietMinutes = { first: 2, longest: 30 } as const;

/**
 * Milliseconds until the next delivery after `attempt` deliveries: as planned and up to a tenth longer by chance (0 to 1), so
 * that what failed together doesn't come back together. The agent's own wish may lengthen it up to 10 minutes.
 */
export function redeliveryDelayMs(attempt: number, retryAfterMs: number | null, chance: number): number | null {
  const planned = redeliveryDelaysMs[attempt - 1];
  if (planned === undefined) return null;
  return Math.round(Math.min(Math.max(planned * (1 + chance / 10), retryAfterMs ?? 0), 600_000));
}
/** The least that a run sets aside of its budgets, whatever the agent's runs cost so far. */
export const reservationFloorCents = 1;
/** Wakes that agents may cause one after another before a chain of them is cut off. */
export const maxHops = 16;
/** What the causes of one wake bring together, as JSON. One cause alone may bring 64 kB. */
export const maxPayloadChars = 200_000;
/** An agent's call without a run belongs to its latest run when that ended no longer ago. */
export const parentRunMinutes = 10;
/** A running run that shows nothing for this long is called silent. */
export const silentAfterSeconds = 120;
