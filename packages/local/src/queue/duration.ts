import { QueueError } from "./queue-error.ts";

const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `10s`, `5m` or `1d12h`; anything else is refused with the header's name. */
export function parseDurationMs(text: string, header: string): number {
  if (!/^(\d+[smhd])+$/.test(text)) throw new QueueError(400, `invalid ${header} header: ${text}`);
  let sum = 0;
  for (const [, count, unit] of text.matchAll(/(\d+)([smhd])/g)) sum += Number(count) * (UNIT_MS[unit ?? ""] ?? 0);
  return sum;
}
