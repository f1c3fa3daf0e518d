import type { CommandLine } from "../cli/options.ts";
import { say } from "../cli/say.ts";
import { askRunner } from "../control/ask-runner.ts";
import type { ControlCommand } from "../control/control-server.ts";
import { findHome, runnerRoot } from "../home/runner-home.ts";
import { RunnerError } from "../runner-error.ts";
import type { RunnerStatus } from "../runner-status.ts";

/** Shows what the running runner does. */
export async function statusCommand(line: CommandLine): Promise<number> {
  show(await ask(line, "status"), line.json);
  return 0;
}

/** Tells it to take no more work. */
export async function drainCommand(line: CommandLine): Promise<number> {
  const status = await ask(line, "drain");
  const { length } = status.runs;
  if (line.json) show(status, true);
  else
    say(
      length === 0
        ? "It ends now."
        : `It takes no more work and ends after ${length} ${length === 1 ? "run" : "runs"}.`,
    );
  return 0;
}

async function ask(line: CommandLine, command: ControlCommand): Promise<RunnerStatus> {
  const status = await askRunner(findHome(runnerRoot(line.home), line.company), command);
  if (!status) throw new RunnerError("not_running", "The runner isn't running: `boardroom-runner start` starts it.");
  return status;
}

const connections: Record<RunnerStatus["connection"], string> = {
  connecting: "connecting",
  socket: "connected",
  poll: "connected by long poll",
  offline: "offline, trying again",
};

function show(status: RunnerStatus, json: boolean): void {
  if (json) {
    say(JSON.stringify(status, null, 2));
    return;
  }
  const { name, companyName, apiUrl, connection, draining, slots, adapters, runs, problems, pid, version } = status;
  say(`${name}, a runner of ${companyName} at ${apiUrl}`);
  say(
    `  ${connections[connection]}${draining ? ", draining" : ""}; ${runs.length} of ${slots} slots used; process ${pid}, version ${version}`,
  );
  say(`  agents: ${adapters.map(({ type }) => type).join(", ") || "none"}`);
  for (const problem of problems) say(`  ! ${problem}`);
  for (const run of runs) {
    say(
      `  ${run.runId}  ${run.phase.padEnd(10)} ${run.agent}${run.task ? ` on ${run.task}` : ""} (${run.adapter}, since ${run.startedAt})`,
    );
  }
}
