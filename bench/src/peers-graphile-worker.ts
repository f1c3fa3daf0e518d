import type { Stack } from "@boardroom/testing/stack";
import { Logger, makeWorkerUtils, type Runner, run } from "graphile-worker";
import type { JobQueue } from "./peers.ts";

const silent = new Logger(() => () => undefined);

/** graphile-worker as its README starts it: it is notified of new jobs, and each job is fetched and ended by itself. */
export async function openGraphileWorker({ addresses }: Stack): Promise<JobQueue> {
  const connectionString = addresses.ownerUrl;
  const utils = await makeWorkerUtils({ connectionString, logger: silent, maxPoolSize: 18 });
  await utils.migrate();
  let runner: Runner | undefined;
  const rest = async () => {
    await runner?.stop();
    runner = undefined;
  };
  return {
    name: "graphile-worker",
    contains: "insert, notify; fetch, job, delete",
    async work(concurrency, onStart) {
      runner = await run({
        connectionString,
        concurrency,
        maxPoolSize: concurrency + 2,
        noHandleSignals: true,
        logger: silent,
        taskList: { nothing: async (payload) => onStart(Number((payload as { job: number }).job)) },
      });
    },
    rest,
    add: async (job) => void (await utils.addJob("nothing", { job })),
    async stop() {
      await rest();
      await utils.release();
    },
  };
}
