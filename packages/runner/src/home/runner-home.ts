import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { RunnerError } from "../runner-error.ts";

/** Where a runner keeps what it has to remember. */
export interface RunnerHome {
  folder: string;
  credentialFile: string;
  policyFile: string;
  lockFile: string;
  /** What was begun: one folder per run, with its journal and log. */
  runs: string;
  /** What has to be told to the server. */
  outbox: string;
  /** Folders of agents that work in no project, clones and worktrees. */
  work: string;
  seenJobsFile: string;
}

/** `--home`, `BOARDROOM_RUNNER_HOME`, or `~/.boardroom/runner`: there one folder per company. */
export const runnerRoot = (given: string | undefined): string =>
  resolve(given ?? process.env.BOARDROOM_RUNNER_HOME ?? join(homedir(), ".boardroom", "runner"));

export const homeOf = (root: string, companyId: string): RunnerHome => {
  const folder = join(root, companyId);
  return {
    folder,
    credentialFile: join(folder, "credential.json"),
    policyFile: join(folder, "policy.json"),
    lockFile: join(folder, "runner.pid"),
    runs: join(folder, "runs"),
    outbox: join(folder, "outbox"),
    work: join(folder, "work"),
    seenJobsFile: join(folder, "seen-jobs.json"),
  };
};

/** Makes the folders, readable by their owner alone. */
export function openHome(home: RunnerHome): void {
  for (const folder of [home.folder, home.runs, home.outbox, home.work]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }
}

/**
 * The home of the one company that this machine works for, or of the one that is named by its id.
 * @throws RunnerError not_connected; usage when there are several and none is named
 */
export function findHome(root: string, company: string | undefined): RunnerHome {
  const connected = existsSync(root)
    ? readdirSync(root).filter((name) => existsSync(homeOf(root, name).credentialFile))
    : [];
  if (company !== undefined) {
    if (!connected.includes(company))
      throw new RunnerError("not_connected", `No runner of company ${company} in ${root}.`);
    return homeOf(root, company);
  }
  const [only] = connected;
  if (only === undefined) {
    throw new RunnerError("not_connected", "This machine is no runner yet: run `boardroom-runner connect <code>`.");
  }
  if (connected.length > 1) {
    const choices = connected.map((name) => `  --company ${name}`).join("\n");
    throw new RunnerError("usage", `This machine works for several companies; say which one:\n${choices}`);
  }
  return homeOf(root, only);
}
