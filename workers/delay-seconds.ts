/** A claim takes a run that is due within this; see `claim-run.ts`. */
const claimToleranceMs = 250;
/** What QStash's smallest plan allows. A message that comes too early finds that, and the tick has the run in time. */
const maxDelaySec = 7 * 24 * 3600;

/**
 * QStash waits whole seconds: the smallest number of them after which the claim takes the run, so that it is at most a
 * quarter of a second early, and less than one late.
 * @example toDelaySeconds(3_200) // 3
 */
export function toDelaySeconds(delayMs: number): number {
  return Math.min(Math.max(0, Math.ceil((delayMs - claimToleranceMs) / 1000)), maxDelaySec);
}
