import { type EventMessage, queueDeliverPath } from "@boardroom/api";
import { Client } from "@upstash/qstash";
import { toDelaySeconds } from "./delay-seconds.ts";
import type { RunQueueOptions } from "./run-queue.ts";

/** What QStash takes in one request. */
const maxBatch = 100;

/** Messages that have what happened in companies told to their addresses; the tick does what they miss. */
export function createEventQueue({ url, token, publicUrl }: RunQueueOptions) {
  const client = new Client({ baseUrl: url, token, retry: { retries: 2 }, enableTelemetry: false });
  const deliverUrl = new URL(queueDeliverPath, publicUrl).href;
  return async (companyIds: readonly string[], delayMs: number): Promise<void> => {
    const delaySec = toDelaySeconds(delayMs);
    const dueSec = Math.floor(Date.now() / 1000) + delaySec;
    for (let from = 0; from < companyIds.length; from += maxBatch) {
      await client.batchJSON(
        companyIds.slice(from, from + maxBatch).map((companyId) => ({
          url: deliverUrl,
          body: { companyId, events: true } satisfies EventMessage,
          flowControl: { key: `events-${companyId}`, parallelism: 2 },
          retries: 3,
          timeout: 60,
          // One message for all that happens in a company within a second. Who wants it at once may come after one of this second.
          ...(delaySec > 0 && { delay: delaySec, deduplicationId: `events-${companyId}-${dueSec}` }),
        })),
      );
    }
  };
}
