/** Nobody may put us off for longer. */
const maxMs = 60 * 60 * 1000;

/** Reads `Retry-After`, seconds or a date, as milliseconds from now; null when it is missing or makes no sense. */
export function readRetryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null || header.trim() === "") return null;
  const delayMs = /^\s*[0-9]+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  if (Number.isNaN(delayMs)) return null;
  return Math.min(Math.max(delayMs, 0), maxMs);
}
