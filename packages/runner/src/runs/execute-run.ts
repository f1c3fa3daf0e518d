import { rmSync } from "node:fs";
import type { ExecutionResult } from "@boardroom/adapters/local";
import { messageOf } from "../api/judge-error.ts";
import { createLogAppender } from "../logs/append-log.ts";
import { createLogSender } from "../logs/log-sender.ts";
import { openRunLog, type RunLog } from "../logs/run-log.ts";
import type { RunnerParts } from "../runner-parts.ts";
import type { PreparedWorkspace } from "../workspaces/workspace.ts";
import type { ActiveRun } from "./active-run.ts";
import { explainStop } from "./explain-stop.ts";
import { finalizeStep } from "./finalize-step.ts";
import { prepareStep } from "./prepare-step.ts";
import { createReporter, type RunReporter } from "./report-run.ts";
import { failedResult, resultBody } from "./result-body.ts";
import { runAdapter } from "./run-adapter.ts";

/**
 * Does a claimed run from its first renewal to its end being accepted: the lease first, then the place, the program, what
 * came out of it, the log, the result. Never throws: trouble is the result of the run.
 * @returns how it ended; null when it isn't ours any more
 */
export async function executeRun(parts: RunnerParts, run: ActiveRun): Promise<string | null> {
  const { lease, job } = run;
  const runId = job.run.id;
  const first = await lease.first;
  if (!first.isOurs) {
    endQuietly(parts, run);
    return null;
  }
  try {
    return await doRun(parts, run);
  } catch (error) {
    // Only the disk can fail here; the lease then ends by itself, and the server tries again.
    parts.say(`${runId} could not be reported: ${messageOf(error)}`);
    return null;
  } finally {
    endQuietly(parts, run);
  }
}

async function doRun(parts: RunnerParts, run: ActiveRun): Promise<string | null> {
  const { journal, lease, job } = run;
  const runId = job.run.id;
  const sender = createLogSender({
    file: journal.logFile,
    length: 0,
    send: createLogAppender(parts, lease),
  });
  run.lost.addEventListener("abort", () => sender.stop(), { once: true });
  try {
    const log = await openRunLog(journal.logFile, sender);
    const reporter = createReporter(parts, lease, sender, run.lost);
    const { result, cwd } = await work(parts, run, log, reporter);
    // A log that can't be kept is no reason to lose the result.
    await log.close().catch((error: unknown) => parts.say(`${runId} has lost the end of its log: ${messageOf(error)}`));
    if (run.lost.aborted) return null;
    parts.outbox.put(runId, { operation: "runs.complete", body: resultBody(result, cwd) });
    journal.update({ phase: "reporting" });
    if ((await reporter.finish()) === "superseded") {
      if (!run.lost.aborted) parts.say(`${runId} is no longer ours (its result was refused).`);
      return null;
    }
    parts.say(`${runId} ${result.status}${result.error ? `: ${result.error.split("\n")[0]}` : ""}`);
    return result.status;
  } finally {
    sender.stop();
  }
}

/** The steps of a run; each trouble becomes its result. */
async function work(
  parts: RunnerParts,
  run: ActiveRun,
  log: RunLog,
  reporter: RunReporter,
): Promise<{ result: ExecutionResult; cwd: string | null }> {
  let prepared: PreparedWorkspace | null = null;
  let cwd: string | null = null;
  try {
    const place = await prepareStep(parts, run, reporter);
    if ("failure" in place) return { result: explainStop(run, place.failure), cwd: null };
    ({ workspace: prepared, cwd } = place);
    run.journal.update({ phase: "running" });
    const result = explainStop(run, await runAdapter(parts, run, log, place));
    return { result: prepared ? await finalizeStep(run, prepared, result, reporter) : result, cwd };
  } catch (error) {
    const result = explainStop(
      run,
      failedResult("runner_error", `The runner failed: ${messageOf(error)}`, "transient"),
    );
    return { result: prepared ? await finalizeStep(run, prepared, result, reporter) : result, cwd };
  }
}

/** Leaves nothing behind but the log, which may still be looked at. */
function endQuietly({ outbox, say }: RunnerParts, { journal, lease, lost }: ActiveRun): void {
  lease.release();
  const { runId, temporaryFolder } = journal.entry();
  try {
    if (temporaryFolder !== null) rmSync(temporaryFolder, { recursive: true, force: true, maxRetries: 3 });
    if (lost.aborted || lease.isLost()) outbox.drop(runId);
    journal.update({ phase: "done", token: "", groups: [], temporaryFolder: null });
  } catch (error) {
    // The next start finds it as it stands, and asks the server what became of it.
    say(`${runId} could not be cleared away: ${messageOf(error)}`);
  }
}
