import { dirname } from "node:path";
import type { ExecutionResult } from "@boardroom/adapters/local";
import { startForwarder } from "../forwarder/start-forwarder.ts";
import type { RunLog } from "../logs/run-log.ts";
import type { RunnerParts } from "../runner-parts.ts";
import type { ActiveRun } from "./active-run.ts";
import { buildContext } from "./build-context.ts";
import { buildEnv } from "./build-env.ts";
import type { RunPlace } from "./prepare-step.ts";
import { failedResult } from "./result-body.ts";
import { makeTemporaryFolders } from "./temporary-folders.ts";

/** Runs the agent itself, with a way to the API and folders that are gone when it is over. */
export async function runAdapter(
  parts: RunnerParts,
  run: ActiveRun,
  log: RunLog,
  { cwd, workspace }: RunPlace,
): Promise<ExecutionResult> {
  const { machine, adapters, credential } = parts;
  const { job, journal, lease } = run;
  const adapter = adapters.find(job.adapter.type);
  if (!adapter) {
    const sentence = `This runner has no adapter "${job.adapter.type}", or its policy leaves it out.`;
    return failedResult("adapter_missing", sentence, "config");
  }
  if (run.stopped.aborted) return failedResult("stopped", "The run was stopped before it began.", "transient");
  const forwarder = await startForwarder({ apiUrl: credential.apiUrl, runId: job.run.id, token: lease.token });
  const folders = await makeTemporaryFolders(job.skills, job.instructions);
  journal.update({ temporaryFolder: dirname(folders.scratchDir) });
  const { env, refused } = buildEnv({
    job,
    policy: machine.policy,
    machine: machine.env,
    apiUrl: forwarder.url,
    apiKey: forwarder.key,
    workspace,
  });
  if (refused.length > 0) {
    await log.note(`The policy of this machine doesn't let the agent set: ${refused.slice(0, 50).join(", ")}`);
  }
  const limit = limitTime(parts, run);
  try {
    return await adapter.execute(
      buildContext({
        job,
        cwd,
        env,
        policy: machine.policy,
        searchPath: machine.path,
        folders,
        log,
        asker: run.asker,
        marker: journal.entry().marker,
        signal: run.stopped,
        endAtMs: limit.endAtMs,
        started: (group) => journal.update({ groups: [...journal.entry().groups, group] }),
        usage: lease.usage,
      }),
    );
  } finally {
    limit.clear();
    await Promise.all([forwarder.stop(), folders.remove()]);
  }
}

/** Stops a run that takes longer than it, or any run on this machine, may. */
function limitTime({ clock, machine }: RunnerParts, run: ActiveRun): { endAtMs: number; clear(): void } {
  const deadlineAtMs = Date.parse(run.job.run.deadlineAt) - clock.offsetMs();
  const endAtMs = Math.min(deadlineAtMs, Date.now() + machine.policy.maxRunMinutes * 60_000);
  const timer = setTimeout(() => run.stop("timeout"), Math.min(2 ** 31 - 1, Math.max(0, endAtMs - Date.now())));
  return { endAtMs, clear: () => clearTimeout(timer) };
}
