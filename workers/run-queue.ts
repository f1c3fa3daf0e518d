import { type QueueMessage, queueDeliverPath } from "@boardroom/api";
import type { DispatchedRun } from "@boardroom/domain";
import { Client } from "@upstash/qstash";

export interface RunQueueOptions {
  url: string;
  token: string;
  /** Where this Worker is reached; the queue delivers below it. */
  publicUrl: string;
}

const maxBatch = 100;
/** Deliveries of one company at a time, so that one busy company doesn't hold up the others. */
const parallelismPerCompany = 20;

/** The sure path of a run: QStash calls `/api/queue/deliver` with it until that answers 2xx. */
export function createRunQueue({ url, token, publicUrl }: RunQueueOptions) {
  const client = new Client({ baseUrl: url, token, retry: { retries: 2 }, enableTelemetry: false });
  const deliverUrl = new URL(queueDeliverPath, publicUrl).href;
  /** Resolves when the queue has all of them. */
  return async (runs: readonly DispatchedRun[]): Promise<void> => {
    const messages = runs.map((run) => {
      const delaySec = Math.ceil((run.delayMs ?? 0) / 1000);
      return {
        url: deliverUrl,
        body: { companyId: run.companyId, runId: run.runId } satisfies QueueMessage,
        deduplicationId: deduplicationId(run),
        flowControl: { key: `company-${run.companyId}`, parallelism: parallelismPerCompany },
        ...(delaySec > 0 && { delay: delaySec }),
      };
    });
    for (let start = 0; start < messages.length; start += maxBatch) {
      await client.batchJSON(messages.slice(start, start + maxBatch));
    }
  };
}

/**
 * One message a run and delivery, known by its number or by when it is due. One that is due at once may be sent again in the
 * next minute, because the tick must be able to sweep a run whose message was used up while the agent was busy.
 */
function deduplicationId({ runId, delayMs = 0, attempt }: DispatchedRun): string {
  const now = Date.now();
  if (delayMs > 0) return `${runId}-at-${Math.round((now + delayMs) / 1000)}`;
  return `${runId}-${attempt ?? "now"}-${Math.floor(now / 60_000)}`;
}
