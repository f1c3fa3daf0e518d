import { setTimeout as sleep } from "node:timers/promises";

/** Looks again and again until there is something; generous, for machines that are busy. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const endAt = Date.now() + timeoutMs;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > endAt) throw new Error(`Waited in vain for ${what}`);
    await sleep(40);
  }
}
