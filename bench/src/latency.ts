import { Worker } from "node:worker_threads";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { Miniflare } from "miniflare";
import type { LatencyJob, LatencyReport } from "./latency-clients.ts";
import { percentile, row } from "./percentile.ts";

const assignments = 400;
/** Many, so that an assignment never waits for the end of the run before. */
const agents = 20;

type Print = (line: string) => void;

/**
 * From the request that assigns an issue to the first byte at the agent's webhook, one assignment at a time, through the
 * real Worker; beside what fetching the same webhook takes, from this machine and from a Worker that does nothing else.
 */
export async function measureLatency(stack: Stack, print: Print): Promise<void> {
  const bare = await startBareFetcher();
  try {
    const report = await runClients({ baseUrl: stack.addresses.url, bareUrl: bare.url, assignments, agents });
    const floor = percentile(report.bareFetch, 0.5);
    print("");
    print(`Assignment to the first byte at the agent's webhook, ${assignments} times, one at a time`);
    print(
      row([
        ["", -44],
        ["p50 ms", 7],
        ["p95 ms", 7],
        ["p99 ms", 7],
        ["p50 / bare fetch", 16],
      ]),
    );
    for (const [name, values] of [
      ["bare fetch of the webhook", report.bareFetch],
      ["a Worker that only fetches it", report.bareWorker],
      ["Boardroom: assign, wake, claim, sign, webhook", report.boardroom],
    ] as const) {
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(values, share));
      const numbers = [p50, p95, p99].map((ms): [string, number] => [(ms ?? 0).toFixed(2), 7]);
      print(row([[name, -44], ...numbers, [((p50 ?? 0) / floor).toFixed(1), 16]]));
    }
  } finally {
    await bare.stop();
  }
}

async function runClients(job: LatencyJob): Promise<LatencyReport> {
  const worker = new Worker(new URL("./latency-clients.ts", import.meta.url), { workerData: job });
  const report = await new Promise<LatencyReport>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  return report;
}

/** A Worker that posts to the address it is given. */
async function startBareFetcher() {
  const script = `export default {
    async fetch(request) {
      const answer = await fetch(await request.text(), { method: "POST", body: "{}" });
      await answer.text();
      return new Response(null, { status: 204 });
    } };`;
  const miniflare = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    modules: [{ type: "ESModule", path: "bare.js", contents: script }],
    compatibilityDate: "2026-07-20",
  });
  const { origin } = await miniflare.ready;
  return { url: origin, stop: () => miniflare.dispose() };
}

if (import.meta.main) {
  const stack = await startStack({ servesFiles: false, isDurable: true });
  await measureLatency(stack, (line) => process.stdout.write(`${line}\n`)).finally(() => stack.stop());
}
