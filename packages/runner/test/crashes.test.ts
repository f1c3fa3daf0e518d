import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Issue } from "@boardroom/contract";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { assign, hireScript, runsOf, waitingScript } from "./support/agents.ts";
import { livingOf, readPids } from "./support/pids.ts";
import { useMachines } from "./support/use-machines.ts";
import { waitFor } from "./support/wait-for.ts";

const boardroom = useBoardroom();
const { newMachine, newGate } = useMachines();

/** A machine behind a gate, with an agent that waits for a file. */
async function setUp(options: { env?: Record<string, string> } = {}) {
  const company = await boardroom.newCompany();
  const gate = await newGate(company.url);
  const machine = await newMachine(company, { url: gate.url, ...options });
  const pids = join(machine.projects, "pids");
  const go = join(machine.projects, "go");
  const agent = await hireScript(company, machine, waitingScript(pids, go));
  return { company, gate, machine, agent, pids, goOn: () => writeFileSync(go, "") };
}

const ended = (company: TestCompany, issue: Issue) =>
  waitFor("the run to end", async () =>
    (await runsOf(company, issue)).find(({ status }) => !["queued", "running"].includes(status)),
  );

/** What must hold after the runner was killed in the middle of a run: it ended for this reason, and waits to be tried again. */
async function expectTriedAgain(company: TestCompany, issue: Issue) {
  const first = await ended(company, issue);
  expect(first).toMatchObject({ status: "failed", errorCode: "runner_restarted" });
  const retry = await waitFor("the retry", async () =>
    (await runsOf(company, issue)).find(({ retryOfRunId }) => retryOfRunId === first.id),
  );
  expect(["queued", "running"]).toContain(retry.status);
}

describe("a runner that is killed", () => {
  it("before its first renewal: has started nothing, and the run is tried again", async () => {
    const { company, gate, machine, agent } = await setUp();
    const renewals = gate.hold(/\/renew/);
    const runner = await machine.start();
    const issue = await assign(company, agent);
    await waitFor("the first renewal", () => renewals.caught() > 0);
    expect(machine.journals()).toMatchObject([{ phase: "claimed", groups: [] }]);
    await runner.kill("SIGKILL");
    renewals.release();
    await machine.start();
    await expectTriedAgain(company, issue);
  });

  it("while the program runs: ends the orphans when it starts again, and the run is tried again", async () => {
    const { company, machine, agent, pids } = await setUp();
    const runner = await machine.start();
    const issue = await assign(company, agent);
    const orphans = await readPids(pids);
    await runner.kill("SIGKILL");
    expect(livingOf(orphans)).toEqual(orphans);
    await machine.start();
    expect(livingOf(orphans)).toEqual([]);
    await expectTriedAgain(company, issue);
  });

  it("with the result written down but not yet told: tells it when it starts again, and nothing is done twice", async () => {
    const { company, gate, machine, agent, pids, goOn } = await setUp();
    const completions = gate.hold(/\/complete/);
    const runner = await machine.start();
    const issue = await assign(company, agent);
    await readPids(pids);
    goOn();
    await waitFor("the result to be told", () => completions.caught() > 0);
    expect(machine.letters().some((name) => name.endsWith("runs.complete.json"))).toBe(true);
    await runner.kill("SIGKILL");
    completions.release();
    await machine.start();
    expect(await ended(company, issue)).toMatchObject({ status: "succeeded" });
    expect(await runsOf(company, issue)).toHaveLength(1);
    expect(machine.letters()).toEqual([]);
  });

  it("right after the server took the result: hears that it did, and changes nothing", async () => {
    const { company, gate, machine, agent, pids, goOn } = await setUp();
    const runner = await machine.start();
    const issue = await assign(company, agent);
    await readPids(pids);
    // Later renewals wait, so that the answer to the result is the last thing that is missing.
    const completions = gate.hold(/\/complete/);
    goOn();
    await waitFor("the result to be told", () => completions.caught() > 0);
    completions.release();
    await ended(company, issue);
    await runner.kill("SIGKILL");
    await machine.start();
    await waitFor("the end of what was left", () => machine.letters().length === 0);
    expect(await runsOf(company, issue)).toMatchObject([{ status: "succeeded" }]);
  });
});

describe("a runner that is killed at work in a worktree", () => {
  /** A git that waits at one of its commands while a file is there; all else is the real one. */
  function slowGit(folder: string, command: string) {
    const bin = join(folder, "bin");
    const wait = join(folder, "wait");
    const reached = join(folder, "reached");
    mkdirSync(bin, { recursive: true });
    const real = execFileSync("which", ["git"]).toString().trim();
    const script = `#!/bin/sh
case " $* " in *" ${command} "*) touch ${reached}; while [ -e ${wait} ]; do sleep 0.05; done;; esac
exec ${real} "$@"
`;
    writeFileSync(join(bin, "git"), script);
    chmodSync(join(bin, "git"), 0o755);
    writeFileSync(wait, "");
    return { path: bin, reached, goOn: () => rmSync(wait) };
  }

  async function setUpWorktree(command: string) {
    const folder = execFileSync("mktemp", ["-d"]).toString().trim();
    const slow = slowGit(folder, command);
    const { company, machine, gate } = await setUp({ env: { PATH: `${slow.path}:${process.env.PATH}` } });
    const repository = join(machine.projects, "repository");
    mkdirSync(repository);
    const as = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com"];
    for (const args of [
      ["init", "-q", "-b", "main"],
      ["commit", "-q", "--allow-empty", "-m", "First"],
    ]) {
      execFileSync("git", [...as, ...args], { cwd: repository });
    }
    const { id: projectId } = await company.board.call("projects.create", {
      params: { cid: company.cid },
      body: { name: "Repository" },
    });
    await company.board.call("projectWorkspaces.create", {
      params: { id: projectId },
      body: { name: "Here", kind: "folder", path: repository, mode: "worktree" },
    });
    const agent = await hireScript(
      company,
      machine,
      `import { writeFileSync } from "node:fs"; writeFileSync("new.txt", "new\\n");`,
    );
    return { company, machine, gate, agent, projectId, slow, folder };
  }

  it.each([
    ["while it makes the worktree", "worktree add", "preparing"],
    ["while it collects what changed", "diff", "finalizing"],
  ])("%s: the run is tried again, and works in the same worktree", async (_when, command, phase) => {
    const { company, machine, agent, projectId, slow } = await setUpWorktree(command);
    const runner = await machine.start();
    const issue = await assign(company, agent, { projectId });
    await waitFor(
      `the phase ${phase}`,
      () => machine.journals().some((entry) => entry.phase === phase) && existsFile(slow.reached),
    );
    await runner.kill("SIGKILL");
    slow.goOn();
    await machine.start();
    await expectTriedAgain(company, issue);
    await boardroom.ownerQuery(
      "update heartbeat_runs set available_at = now() where company_id = $1 and status = 'queued'",
      [company.cid],
    );
    await boardroom.runScheduled();
    const retried = await waitFor("the retry to succeed", async () =>
      (await runsOf(company, issue)).find(({ status }) => status === "succeeded"),
    );
    const products = await company.board.call("workProducts.list", { params: { id: issue.id } });
    expect(products.map(({ kind }) => kind).sort()).toEqual(["branch", "diff"]);
    expect(products.every(({ runId }) => runId === retried.id)).toBe(true);
  });
});

function existsFile(path: string): boolean {
  try {
    execFileSync("test", ["-e", path]);
    return true;
  } catch {
    return false;
  }
}
