import { type Stack, startStack } from "@boardroom/testing/stack";
import pg from "pg";
import { openBoardroomQueue } from "./peers-boardroom.ts";
import { openGraphileWorker } from "./peers-graphile-worker.ts";
import { openPgBoss } from "./peers-pg-boss.ts";
import { percentile, row } from "./percentile.ts";

const latencyJobs = 300;
const latencyWarmups = 20;
const drainJobs = 2_000;
export const concurrency = 16;

/** A queue of jobs that do nothing, over the same PostgreSQL. */
export interface JobQueue {
  name: string;
  /** What one job's numbers contain. */
  contains: string;
  /** Starts the worker with so many jobs at a time; `onStart` is called when a job's own code begins. */
  work(concurrency: number, onStart: (job: number) => void): Promise<void>;
  /** Stops the worker; jobs may be added meanwhile. */
  rest(): Promise<void>;
  add(job: number): Promise<void>;
  stop(): Promise<void>;
}

interface Measured {
  queue: JobQueue;
  latencies: number[];
  addedPerSecond: number;
  donePerSecond: number;
}

type Print = (line: string) => void;

/** Enqueue to start and jobs per second beside two queues that live in PostgreSQL too, one after the other on the same server. */
export async function comparePeers(stack: Stack, print: Print): Promise<void> {
  const url = stack.addresses.ownerUrl;
  const measured: Measured[] = [];
  for (const open of [openBoardroomQueue, openGraphileWorker, openPgBoss])
    measured.push(await measure(await open(stack, latencyJobs + latencyWarmups + drainJobs), url));
  const ours = measured[0];
  print("");
  print(
    `Jobs that do nothing, beside queues in the same PostgreSQL: ${latencyJobs} one at a time from adding to start;`,
  );
  print(`${drainJobs} added ${concurrency} at a time, each by itself, and then worked off ${concurrency} at a time`);
  print(
    row([
      ["", -18],
      ["start p50 ms", 12],
      ["p99 ms", 8],
      ["added/s", 8],
      ["done/s", 8],
      ["ours/theirs", 11],
      ["", 1],
      ["one job is", -60],
    ]),
  );
  for (const { queue, latencies, addedPerSecond, donePerSecond } of measured) {
    print(
      row([
        [queue.name, -18],
        [percentile(latencies, 0.5).toFixed(1), 12],
        [percentile(latencies, 0.99).toFixed(1), 8],
        [addedPerSecond.toFixed(0), 8],
        [donePerSecond.toFixed(0), 8],
        [((ours?.donePerSecond ?? 0) / donePerSecond).toFixed(2), 11],
        ["", 1],
        [queue.contains, -60],
      ]),
    );
  }
}

async function measure(queue: JobQueue, url: string): Promise<Measured> {
  try {
    const latencies = await measureLatencies(queue);
    await queue.rest();
    const addingAt = performance.now();
    await inParallel(drainJobs, (index) => queue.add(latencyWarmups + latencyJobs + index));
    const addedPerSecond = (drainJobs / (performance.now() - addingAt)) * 1000;
    await vacuum(url);
    const { promise: drained, resolve } = Promise.withResolvers<void>();
    let started = 0;
    const workingAt = performance.now();
    await queue.work(concurrency, () => {
      started += 1;
      if (started === drainJobs) resolve();
    });
    await drained;
    // Until all have ended as well: resting waits for the last ones.
    await queue.rest();
    return { queue, latencies, addedPerSecond, donePerSecond: (drainJobs / (performance.now() - workingAt)) * 1000 };
  } finally {
    await queue.stop();
  }
}

/** One job at a time, so that nothing waits for anything but the queue. */
async function measureLatencies(queue: JobQueue): Promise<number[]> {
  let onStart: (at: number) => void = () => undefined;
  await queue.work(1, () => onStart(performance.now()));
  const latencies: number[] = [];
  for (let job = 0; job < latencyWarmups + latencyJobs; job++) {
    const started = new Promise<number>((resolve) => {
      onStart = resolve;
    });
    const addedAt = performance.now();
    const [startedAt] = await Promise.all([started, queue.add(job)]);
    if (job >= latencyWarmups) latencies.push(startedAt - addedAt);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return latencies;
}

async function inParallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const loop = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: concurrency }, loop));
}

async function vacuum(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("vacuum analyze");
  await client.end();
}

if (import.meta.main) {
  const stack = await startStack({ servesFiles: false, isDurable: true });
  await comparePeers(stack, (line) => process.stdout.write(`${line}\n`)).finally(() => stack.stop());
}
