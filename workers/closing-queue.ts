import { type ClosingMessage, queueDeliverPath } from "@boardroom/api";
import { Client } from "@upstash/qstash";
import { toDelaySeconds } from "./delay-seconds.ts";
import type { RunQueueOptions } from "./run-queue.ts";

/** The database's clock says when a window is over; the message comes a little later rather than a little too early. */
const marginMs = 1000;

/** Messages that let approvals take effect once their grace window is over; the tick does what they miss. */
export function createClosingQueue({ url, token, publicUrl }: RunQueueOptions) {
  const client = new Client({ baseUrl: url, token, retry: { retries: 2 }, enableTelemetry: false });
  return async ({ delayMs, ...message }: ClosingMessage & { delayMs: number }): Promise<void> => {
    await client.publishJSON({
      url: new URL(queueDeliverPath, publicUrl).href,
      body: message satisfies ClosingMessage,
      delay: toDelaySeconds(delayMs + marginMs),
      retries: 3,
      timeout: 20,
    });
  };
}
