import { openParts } from "../cli/open-parts.ts";
import type { CommandLine } from "../cli/options.ts";
import { say, sayWithTime } from "../cli/say.ts";
import { serveControl } from "../control/control-server.ts";
import { lockHome } from "../home/lock-home.ts";
import { findHome, runnerRoot } from "../home/runner-home.ts";
import type { RunnerError } from "../runner-error.ts";
import { serviceMark } from "../service/service-files.ts";
import { startRunner } from "../start-runner.ts";

/** Runs until it is told to stop, drained, revoked or replaced. */
export async function startCommand(line: CommandLine): Promise<number> {
  const home = findHome(runnerRoot(line.home), line.company);
  const unlock = lockHome(home);
  try {
    const parts = await openParts(home, sayWithTime);
    const runner = await startRunner(parts);
    const closeControl = await serveControl(home, runner);
    const onSignal = () => {
      say("Stopping: what runs is ended and told of. Once more ends at once.");
      runner.stop();
      for (const signal of signals) process.once(signal, () => process.exit(130));
    };
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
    for (const signal of signals) process.once(signal, onSignal);
    const error = await runner.ended;
    closeControl();
    await parts.leases.stop();
    say(error ? error.message : "Stopped.");
    return exitCode(error);
  } finally {
    unlock();
  }
}

/**
 * Whoever was revoked or replaced is not to be started again: two services with one credential would replace each other, and
 * end each other's runs, for ever.
 */
function exitCode(error: RunnerError | null): number {
  const isForGood = error?.code === "revoked" || error?.code === "replaced";
  return error === null || (isForGood && process.env[serviceMark] !== undefined) ? 0 : 1;
}
