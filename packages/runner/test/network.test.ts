import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { useOwnBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { assign, hireScript, runsOf, stubborn, waitingScript } from "./support/agents.ts";
import { livingOf, readPids } from "./support/pids.ts";
import { useMachines } from "./support/use-machines.ts";
import { waitFor } from "./support/wait-for.ts";

// The Worker is restarted here, which nobody else may feel.
const boardroom = useOwnBoardroom({ servesFiles: false });
const { newMachine, newGate } = useMachines();

/** A machine behind a gate, at work on a task that waits for a file. */
async function atWork(extra = "") {
  const company = await boardroom.newCompany();
  const gate = await newGate(company.url);
  const machine = await newMachine(company, { url: gate.url });
  const files = { pids: join(machine.projects, "pids"), go: join(machine.projects, "go") };
  const agent = await hireScript(company, machine, waitingScript(files.pids, files.go, extra));
  const runner = await machine.start();
  const issue = await assign(company, agent);
  const pids = await readPids(files.pids, extra === "" ? 1 : 3);
  const [run] = await runsOf(company, issue);
  if (!run) throw new Error("The issue has no run.");
  const settled = () =>
    waitFor("the run to end", async () => {
      const now = await company.board.call("runs.get", { params: { id: run.id } });
      return !["queued", "running"].includes(now.status) && now;
    });
  return { company, gate, machine, agent, runner, issue, run, pids, settled, goOn: () => writeFileSync(files.go, "") };
}

describe("a run on a machine", () => {
  it("outlives a network that is gone for ten seconds, and its result is told afterwards", async () => {
    const { gate, goOn, settled, company, run } = await atWork();
    gate.close();
    goOn();
    await sleep(10_000);
    gate.open();
    expect(await settled()).toMatchObject({ status: "succeeded" });
    const { content } = await company.board.call("runLogs.read", { params: { id: run.id } });
    expect(content).toContain("Went on.");
  });

  it("is ended on the machine, and nothing more is told of it, when its lease was lost", async () => {
    const { machine, pids, run, runner, settled, company } = await atWork(stubborn);
    await boardroom.expireLease(run.id);
    await boardroom.runScheduled();
    expect(await settled()).toMatchObject({ status: "lost" });
    // The next renewal hears of it; a reconnect, as after a cut, makes that happen now.
    await boardroom.restartWorker();
    await runner.untilSaid("no longer ours");
    await waitFor("the processes to end", () => livingOf(pids).length === 0);
    await waitFor("the end of the run here", () =>
      machine.journals().some(({ runId, phase }) => runId === run.id && phase === "done"),
    );
    expect(machine.letters().filter((name) => name.includes(run.id))).toEqual([]);
    expect(await company.board.call("runs.get", { params: { id: run.id } })).toMatchObject({ status: "lost" });
  });

  it("goes on while the Worker is restarted, and the runner finds its way back", async () => {
    const { goOn, settled, company, agent } = await atWork();
    await boardroom.killWorker();
    goOn();
    await boardroom.restartWorker();
    expect(await settled()).toMatchObject({ status: "succeeded" });
    const next = await assign(company, agent, { title: "And once more" });
    await waitFor("the next run to succeed", async () =>
      (await runsOf(company, next)).some(({ status }) => status === "succeeded"),
    );
  });

  it("is cancelled from the board: all its processes are gone within its grace, however deaf they are", async () => {
    const { company, pids, run, settled } = await atWork(stubborn);
    await company.board.call("runs.cancel", { params: { id: run.id }, body: { reason: "Not any more" } });
    const startedAt = performance.now();
    await waitFor("the processes to end", () => livingOf(pids).length === 0);
    // A grace of one second, and two to hear of it and be gone; ten more for a machine that is busy.
    expect(performance.now() - startedAt).toBeLessThan(13_000);
    expect(await settled()).toMatchObject({ status: "cancelled" });
  });

  it("is tried elsewhere when its runner is stopped, which ends its processes first", async () => {
    const { runner, pids, settled } = await atWork(stubborn);
    await runner.kill("SIGTERM");
    expect(livingOf(pids)).toEqual([]);
    expect(await settled()).toMatchObject({ status: "failed", errorCode: "runner_stopped", errorFamily: "transient" });
  });

  it("is done to its end when its runner is drained, and nothing is begun any more", async () => {
    const { runner, machine, company, agent, goOn, settled } = await atWork();
    expect((await machine.run("drain")).output).toContain("after 1 run");
    const next = await assign(company, agent, { title: "For later" });
    goOn();
    expect(await runner.ended).toBe(0);
    expect(await settled()).toMatchObject({ status: "succeeded" });
    expect(await runsOf(company, next)).toMatchObject([{ status: "queued" }]);
  });
});

describe("one credential", () => {
  it("is used by one runner at a time: the later one stays, and nothing is done twice", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    const copy = await newMachine(company);
    for (const file of ["credential.json", "policy.json"]) {
      cpSync(join(machine.home.folder, file), join(copy.home.folder, file));
    }
    const agent = await hireScript(company, machine, `console.log("done")`);
    const first = await machine.start();
    await copy.start();
    expect(await first.ended).toBe(1);
    expect(first.output()).toContain("same credential");
    const issue = await assign(company, agent);
    await waitFor("the run to succeed", async () =>
      (await runsOf(company, issue)).some(({ status }) => status === "succeeded"),
    );
    expect(await runsOf(company, issue)).toHaveLength(1);
  });

  it("isn't used twice from one home", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    await machine.start();
    expect(await machine.run("start")).toMatchObject({ code: 1, output: expect.stringContaining("runs here already") });
  });

  it("is worth nothing once the board revoked it", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    const runner = await machine.start();
    const [{ id = "" } = {}] = await company.board.call("runners.list", { params: { cid: company.cid } });
    await company.board.call("runners.revoke", { params: { id } });
    expect(await runner.ended).toBe(1);
    expect(runner.output()).toContain("revoked");
    expect((await machine.run("doctor")).output).toContain("revoked");
  });
});
