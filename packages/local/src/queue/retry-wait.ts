import { evaluateDelay } from "./delay-expression.ts";
import type { QueueMessage } from "./queue-message.ts";

const DAY_MS = 86_400_000;

/** How long QStash waits before the next attempt: what the receiver asked for, else the message's expression, else e^2.5n. */
export function computeRetryWaitMs(message: QueueMessage, retryAfter: string | undefined, now: number): number {
  const asked = readRetryAfterMs(retryAfter, now);
  if (asked !== undefined) return Math.min(DAY_MS, asked);
  if (message.retryDelay) return Math.min(DAY_MS, evaluateDelay(message.retryDelay, message.retried));
  return Math.min(DAY_MS, Math.exp(2.5 * (message.retried + 1)) * 1000);
}

function readRetryAfterMs(text: string | undefined, now: number): number | undefined {
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
