/** Missed slots that a routine makes up for after an outage, the latest ones. */
export const maxCatchUp = 5;
/** A slot that is found later than this counts as missed; sooner it is merely late, as on a busy minute. */
export const missedAfterSeconds = 300;
/** Missed slots that are counted one by one; more than that are "at least". */
export const maxCountedSlots = 1000;
/** A slot fires this much ahead at most, so that a tick a moment before the minute doesn't cost a whole one. */
export const punctualSeconds = 1;
/** Fires of one routine within a minute by webhook, API and hand together. */
export const maxFiresPerMinute = 60;
/** Fires that a routine's history keeps, the latest ones; the log keeps all. */
export const maxKeptFires = 1000;
/** Older ones that a fire takes away at most. */
export const prunedAtOnce = 50;
/** Triggers of one routine. */
export const maxTriggers = 20;
/** How far a signed webhook's timestamp may be off, when the trigger doesn't say. */
export const defaultReplayWindowSec = 300;
/** How long a delivery is remembered that says no time of its own: a GitHub webhook, or one with an idempotency key. */
export const untimedNonceDays = 30;
/** Schedules that are found at once, in turns over companies. */
export const maxDueSchedules = 1000;
/** How often one tick looks for more; what is left over is due in the next one. */
export const maxRounds = 5;
/** Fires at once: as many connections as one invocation of a Worker may have open. */
export const firesAtOnce = 6;
