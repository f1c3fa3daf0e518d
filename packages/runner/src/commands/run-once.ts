import { offerAdapters } from "../adapters/offer-adapters.ts";
import { createClaimer } from "../claims/claim-work.ts";
import { openParts } from "../cli/open-parts.ts";
import type { CommandLine } from "../cli/options.ts";
import { sayWithTime } from "../cli/say.ts";
import { createAccessToken } from "../credentials/access-token.ts";
import { lockHome } from "../home/lock-home.ts";
import { findHome, type RunnerHome, runnerRoot } from "../home/runner-home.ts";
import { openSeenJobs } from "../jobs/seen-jobs.ts";
import { reconcile } from "../reconcile.ts";
import type { RunnerError } from "../runner-error.ts";
import type { RunnerParts } from "../runner-parts.ts";
import { recoverRuns } from "../runs/recover-runs.ts";
import { createRunSet } from "../runs/run-set.ts";

/** Takes one run, does it, and ends: 0 when it succeeded, 1 when it didn't, 3 when there was none. */
export async function runOnceCommand(line: CommandLine): Promise<number> {
  const home = findHome(runnerRoot(line.home), line.company);
  const unlock = lockHome(home);
  try {
    const parts = await openParts(home, sayWithTime);
    const code = await takeOne(parts, home);
    await parts.leases.stop();
    return code;
  } finally {
    unlock();
  }
}

async function takeOne(parts: RunnerParts, home: RunnerHome): Promise<number> {
  const { clock, credential, machine, adapters } = parts;
  const access = createAccessToken(credential, parts.api, clock);
  const runs = createRunSet(parts);
  const recovered = await recoverRuns(parts);
  const offered = await offerAdapters(adapters, machine);
  await reconcile(parts, access, { offered, slots: 1, draining: false, active: runs.active, recovered });
  await Promise.all(recovered.reporting.map(({ done }) => done));
  const closing = new AbortController();
  const asked = Promise.withResolvers<RunnerError | null>();
  let status: string | null = null;
  const claimer = createClaimer({
    parts,
    access,
    seen: openSeenJobs(home.seenJobsFile, clock.now),
    signal: closing.signal,
    freeSlots: () => 1,
    mayClaim: () => status === null,
    onFatal: asked.resolve,
    onNothing: () => asked.resolve(null),
    start(job) {
      if (job.kind !== "run" || status !== null) return;
      status = "failed";
      runs.start(job, (ended) => {
        status = ended;
      });
      asked.resolve(null);
    },
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => runs.stopAll("shutdown"));
  claimer.want();
  const error = await asked.promise;
  closing.abort();
  if (error) throw error;
  await runs.settled();
  return status === null ? 3 : status === "succeeded" ? 0 : 1;
}
