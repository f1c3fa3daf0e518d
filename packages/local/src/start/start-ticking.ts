import type { RunningWorker } from "./start-worker.ts";

const minuteMs = 60_000;

/** Fires the Worker's cron trigger now and every minute from now on; the answer ends that. */
export function startTicking(worker: RunningWorker): () => Promise<void> {
  let running = Promise.resolve();
  const fire = () => {
    running = worker.runScheduled().catch((error: unknown) => {
      console.error(`The minute's work failed: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  fire();
  const timer = setInterval(fire, minuteMs);
  return () => {
    clearInterval(timer);
    return running;
  };
}
