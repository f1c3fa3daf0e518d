import { Worker } from "node:worker_threads";
import type { CheckoutJob } from "./prepare-checkouts.ts";

export interface LoadReport {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** Sends every job once, from so many clients with a connection each, in a thread of its own. @throws when an answer is not 200 */
export async function runLoad(
  baseUrl: string,
  jobs: CheckoutJob[],
  clients: number,
  kind: "boardroom" | "bare",
): Promise<LoadReport> {
  const worker = new Worker(new URL("./load-clients.ts", import.meta.url), {
    workerData: { baseUrl, jobs, clients, kind },
  });
  const { wallMs, latenciesMs } = await new Promise<{ wallMs: number; latenciesMs: number[] }>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  const sorted = latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { perSecond: (jobs.length / wallMs) * 1000, p50Ms: at(0.5), p99Ms: at(0.99) };
}
