import type { CompanyHub } from "./company-hub.ts";

const coalesceMs = 25;
/** A request that was to poke may be cut off before it did: after this long its word no longer counts. */
const staleMs = 250;
/** Companies and runs whose moment is remembered; one that is forgotten is poked once more than needed. */
const maxRemembered = 1000;

interface Moment {
  /** When the hub was poked last. */
  pokedAt: number;
  /** Since when a request waits to poke it again; 0 when none does. */
  waitingSince: number;
}

/**
 * Tells the hub of a company that there is something new: at once after a quiet moment, and then once for all writes of the
 * next. Pokes are gathered per isolate, and what is kept are only times: a timer and a call belong to the request that made
 * them, so the first write that has to wait pokes, within its own `waitUntil`, and those after it rely on that. Never rejects.
 * @param tell has addresses outside told; called when the hub says that there are some, and that it is time. Without it they are
 * told with what happens next, or by the tick.
 */
export function createHubPoke(
  hubs: DurableObjectNamespace<CompanyHub>,
  tell?: (companyId: string) => Promise<void>,
): (companyId: string, runId?: string) => Promise<void> {
  const moments = new Map<string, Moment>();
  const remember = (key: string, moment: Moment) => {
    // Deleted first, so that the map's first one is always the one that was poked longest ago.
    moments.delete(key);
    moments.set(key, moment);
    const [oldest] = moments.size > maxRemembered ? moments.keys() : [];
    if (oldest !== undefined) moments.delete(oldest);
  };
  return async (companyId, runId) => {
    // The log of a run has moments of its own.
    const key = runId ?? companyId;
    const now = Date.now();
    const { pokedAt, waitingSince } = moments.get(key) ?? { pokedAt: 0, waitingSince: 0 };
    if (now - waitingSince < staleMs) return;
    try {
      const waitMs = pokedAt + coalesceMs - now;
      if (waitMs > 0) {
        remember(key, { pokedAt, waitingSince: now });
        await scheduler.wait(waitMs);
      }
      // Before the call: whoever writes from now on may not be seen by it.
      remember(key, { pokedAt: Date.now(), waitingSince: 0 });
      const hasListeners = await hubs.get(hubs.idFromName(companyId)).poke(companyId, runId, tell !== undefined);
      if (hasListeners) await tell?.(companyId);
    } catch (error) {
      console.warn(
        `The hub of company ${companyId} could not be poked; its viewers catch up with the next event.`,
        error,
      );
    }
  };
}
