/** Of a company. */
export const maxEndpoints = 50;
/** Deliveries made again by one call. */
export const maxReplayed = 1000;
/** How long deliveries are kept. */
export const keptDays = 30;
/** An endpoint that nothing reached for so long is stopped. */
export const failingDays = 3;
/** Seconds from a failed attempt to the next one, before jitter: after the last of them a delivery has failed. */
export const retryDelaysSec = [5, 60, 600, 3600, 6 * 3600, 24 * 3600] as const;
/** What a test is told as. It is sent once. */
export const testEventType = "webhook.test";
/** Whoever takes a delivery must have settled it by then; after that somebody else takes it. */
export const claimSec = 90;
