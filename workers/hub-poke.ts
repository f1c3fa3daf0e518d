import type { CompanyHub } from "./company-hub.ts";

const coalesceMs = 25;
/** A request that was to poke may be cut off before it did: after this long its word no longer counts. */
const staleMs = 250;

/**
 * Tells the hub of a company that there is something new, once for all writes of a moment. Pokes are gathered per isolate,
 * and what is kept is only a time: a timer and a call belong to the request that made them, so the first write of a moment
 * pokes, within its own `waitUntil`, and the writes after it rely on that. Never rejects.
 */
export function createHubPoke(hubs: DurableObjectNamespace<CompanyHub>): (companyId: string) => Promise<void> {
  const waitingSince = new Map<string, number>();
  return async (companyId) => {
    const now = Date.now();
    if (now - (waitingSince.get(companyId) ?? 0) < staleMs) return;
    waitingSince.set(companyId, now);
    try {
      await scheduler.wait(coalesceMs);
      // Before the call: whoever writes from now on may not be seen by it.
      waitingSince.delete(companyId);
      await hubs.get(hubs.idFromName(companyId)).poke(companyId);
    } catch (error) {
      console.warn(
        `The hub of company ${companyId} could not be poked; its viewers catch up with the next event.`,
        error,
      );
    }
  };
}
