/** How long to wait before the next try: doubling from `firstMs` to `mostMs`, anywhere in the upper half of it. */
export function backoffMs(
  failures: number,
  firstMs: number,
  mostMs: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(20, Math.max(0, failures - 1)));
  return Math.round(full * (0.5 + random() / 2));
}

/** Waits, but no longer than until the signal. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener("abort", done, { once: true });
  });
}
