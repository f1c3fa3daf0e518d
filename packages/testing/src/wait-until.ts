import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is no string; a string says how it stands, for the error when time is up. */
export async function waitUntil<T extends object>(
  what: string,
  look: () => Promise<T | string>,
  timeoutMs = 20_000,
): Promise<T> {
  const endAt = Date.now() + timeoutMs;
  for (;;) {
    const answer = await look();
    if (typeof answer !== "string") return answer;
    if (Date.now() > endAt) throw new Error(`Waited ${timeoutMs} ms for ${what}; ${answer}`);
    await sleep(30);
  }
}
