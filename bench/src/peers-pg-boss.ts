import type { Stack } from "@boardroom/testing/stack";
import { PgBoss } from "pg-boss";
import type { JobQueue } from "./peers.ts";

const name = "nothing";

/** pg-boss with notifications, because polling alone would be half a second late; many at a time it takes in batches, as it advises. */
export async function openPgBoss({ addresses }: Stack): Promise<JobQueue> {
  const boss = new PgBoss({ connectionString: addresses.ownerUrl, max: 18, useListenNotify: true });
  boss.on("error", (error) => process.stderr.write(`pg-boss: ${error.message}\n`));
  await boss.start();
  await boss.createQueue(name, { notify: true });
  return {
    name: "pg-boss",
    contains: "insert, notify; fetch and end, in batches of 16 when there are many",
    async work(concurrency, onStart) {
      const options = { batchSize: concurrency, burstWhenBatchFull: concurrency > 1, pollingIntervalSeconds: 0.5 };
      await boss.work<{ job: number }>(name, options, async (jobs) => {
        for (const { data } of jobs) onStart(data.job);
      });
    },
    rest: () => boss.offWork(name, { wait: true }),
    add: async (job) => void (await boss.send(name, { job })),
    stop: () => boss.stop({ graceful: false, close: true }),
  };
}
