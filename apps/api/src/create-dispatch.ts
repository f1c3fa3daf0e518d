import type { DispatchedRun } from "@boardroom/domain";

export interface DispatchParts {
  /** Claims a run and calls its agent, to the end. */
  deliver(run: DispatchedRun): Promise<unknown>;
  enqueue(runs: readonly DispatchedRun[]): Promise<void>;
  afterwards(task: () => Promise<unknown>): void;
}

/**
 * Runs that one call of the Worker delivers at once. Each waits on one connection, and a call has six of them for requests
 * whose headers haven't come: two are left to the queue's batches and one to the hub.
 */
const maxAtOnce = 3;
/** Background work ends 30 s after the answer, and an agent may take 25: what comes later gets a call of its own. */
const startsWithinMs = 2000;
/** The message of a run that starts here waits so long, so that it usually finds nothing left to do. */
const headStartMs = 3000;

/**
 * Starts queued runs after the commit: the first few in this call of the Worker, and surely all of them through the queue,
 * which gives each a call of its own. Make one per call: it counts what runs here.
 * @example createDispatch(parts)([{ companyId, runId }])
 */
export function createDispatch({ deliver, enqueue, afterwards }: DispatchParts) {
  const startedAt = Date.now();
  let active = 0;
  const startHere = (run: DispatchedRun) => {
    active += 1;
    afterwards(() => deliver(run).finally(() => (active -= 1)));
  };
  return (runs: readonly DispatchedRun[]): void => {
    if (runs.length === 0) return;
    const messages = runs.map((run) => {
      const startsHere = !run.delayMs && active < maxAtOnce && Date.now() - startedAt < startsWithinMs;
      if (!startsHere) return run;
      startHere(run);
      return { ...run, delayMs: headStartMs };
    });
    afterwards(() => enqueue(messages));
  };
}
