import type { Connection } from "@boardroom/db";
import { claimRescue } from "@boardroom/domain";

export interface WatchdogParts {
  system: Connection;
  /** The minute's work. */
  tick(): Promise<void>;
  /** Keeps the isolate alive until a promise settles. */
  waitUntil(promise: Promise<unknown>): void;
}

const lookEveryMs = 60_000;

/**
 * Watches the minute's work from wherever requests come in: call it at each. At most once a minute it looks whether the work
 * is late, after the answer and with one statement, and does it then. Of all isolates that see it one does it. Never throws.
 */
export function createWatchdog({ system, tick, waitUntil }: WatchdogParts): () => void {
  let lookedAt = 0;
  const look = async () => {
    if (!(await claimRescue(system))) return;
    console.warn("The cron trigger is late: the minute's work is done by the watchdog.");
    await tick();
  };
  return () => {
    const now = Date.now();
    if (now - lookedAt < lookEveryMs) return;
    lookedAt = now;
    waitUntil(look().catch((error: unknown) => console.error("The watchdog could not do the minute's work.", error)));
  };
}
