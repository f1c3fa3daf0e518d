import { type QueueMessage, queueDeliverPath } from "@boardroom/api";
import type { DispatchedRun } from "@boardroom/domain";
import { Client } from "@upstash/qstash";
import { toDelaySeconds } from "./delay-seconds.ts";

export interface RunQueueOptions {
  url: string;
  token: string;
  /** Where this Worker is reached; the queue delivers below it. */
  publicUrl: string;
}

/** What QStash takes in one request. */
const maxBatch = 100;
/** Requests to the queue at one time, of the six connections that a call of the Worker may wait on. */
const maxRequests = 2;
/** What every plan of QStash allows. A try later than the next minute would come after the tick's own message anyhow. */
const retries = 3;
const retryDelay = "2000 * pow(2, retried)";
/** The answer comes once the run is claimed; no answer for so long is none. */
const timeoutSec = 20;
/** Messages of one company on their way at a time, so that one busy company doesn't hold up the others. */
const parallelismPerCompany = 20;

/** The sure path of a run: QStash calls `/api/queue/deliver` with it until that answers 2xx. */
export function createRunQueue({ url, token, publicUrl }: RunQueueOptions) {
  const client = new Client({ baseUrl: url, token, retry: { retries: 2 }, enableTelemetry: false });
  const deliverUrl = new URL(queueDeliverPath, publicUrl).href;
  const publish = async (runs: readonly DispatchedRun[], calledAt: number) => {
    const now = Date.now();
    const messages = runs.map(({ companyId, runId, delayMs = 0 }) => {
      const delaySec = toDelaySeconds(delayMs - (now - calledAt));
      return {
        url: deliverUrl,
        body: { companyId, runId } satisfies QueueMessage,
        // One message a run and second: what is published again within QStash's ten minutes is another delivery.
        deduplicationId: `${runId}-${Math.floor(now / 1000) + delaySec}`,
        flowControl: { key: `company-${companyId}`, parallelism: parallelismPerCompany },
        retries,
        retryDelay,
        timeout: timeoutSec,
        ...(delaySec > 0 && { delay: delaySec }),
      };
    });
    const answers: unknown[] = await client.batchJSON(messages);
    const refused = answers.filter((answer) => typeof answer === "object" && answer !== null && "error" in answer);
    if (refused.length > 0)
      throw new Error(`The queue refused ${refused.length} of ${runs.length} messages: ${JSON.stringify(refused[0])}`);
  };
  /** Resolves when the queue has all of them. @throws when it doesn't; it has got the others then */
  return async (runs: readonly DispatchedRun[]): Promise<void> => {
    const calledAt = Date.now();
    const batches = Array.from({ length: Math.ceil(runs.length / maxBatch) }, (_, index) =>
      runs.slice(index * maxBatch, (index + 1) * maxBatch),
    );
    const failures: unknown[] = [];
    const work = async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift())
        await publish(batch, calledAt).catch((error: unknown) => failures.push(error));
    };
    await Promise.all(Array.from({ length: Math.min(maxRequests, batches.length) }, work));
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} batches did not reach the queue: ${failures[0]}`);
  };
}
