import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { assign, hireScript, runsOf, stubborn, waitingScript } from "./support/agents.ts";
import type { TestMachine } from "./support/machine.ts";
import { livingOf, readPids } from "./support/pids.ts";
import { useMachines } from "./support/use-machines.ts";
import { waitFor } from "./support/wait-for.ts";

/** So long the network is really gone, longer than any lease; when it isn't said, a shorter cut in which the leases are ended by hand. */
const cutSeconds = Number(process.env.BOARDROOM_LONG_CUT_SECONDS ?? 0);
const simulatedSeconds = 3;
const patienceMs = 90_000;

// The scheduler's minutes pass here, which nobody else may feel.
const boardroom = useOwnBoardroom({ servesFiles: false });
const { newMachine, newGate } = useMachines();

/** Writes a comment, and tries until it is told that it was taken or may not be. */
const insistOnComment = `
  const { PAPERCLIP_API_URL: url, PAPERCLIP_API_KEY: key, PAPERCLIP_TASK_ID: task } = process.env;
  const headers = { authorization: "Bearer " + key, "content-type": "application/json" };
  const say = () => fetch(url + "/api/issues/" + task + "/comments", { method: "POST", headers, body: '{"body":"Done."}' });
  for (;;) {
    const answer = await say().catch(() => null);
    if (answer && answer.status < 500) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }`;

/** An agent at work on a task, until it is let go on. */
async function startWork(company: TestCompany, machine: TestMachine, name: string, extra = "", last = "") {
  const files = { pids: join(machine.projects, `${name}-pids`), go: join(machine.projects, `${name}-go`) };
  const agent = await hireScript(company, machine, waitingScript(files.pids, files.go, extra, last));
  const issue = await assign(company, agent);
  const pids = await readPids(files.pids, extra === "" ? 1 : 3);
  const [first] = await runsOf(company, issue);
  if (!first) throw new Error("The issue has no run.");
  return { issue, pids, first, goOn: () => writeFileSync(files.go, "") };
}

/** Lets the cut last, while Boardroom's own minutes go on; its leases end by themselves when it is long enough. */
async function sitOut(runIds: readonly string[]): Promise<void> {
  const endAt = performance.now() + (cutSeconds || simulatedSeconds) * 1000;
  if (cutSeconds === 0) await Promise.all(runIds.map((id) => boardroom.expireLease(id)));
  while (performance.now() < endAt) {
    await boardroom.runScheduled();
    await sleep(Math.min(15_000, Math.max(0, endAt - performance.now())));
  }
}

it("is lost once after a cut longer than its lease and tried again: nothing counts twice, and nothing is left behind", {
  timeout: (cutSeconds + 240) * 1000,
}, async () => {
  const company = await boardroom.newCompany();
  const gate = await newGate(company.url);
  const machine = await newMachine(company, { url: gate.url });
  const runner = await machine.start();
  // One goes on to work and would write as soon as it can; one is done in the cut, and its result can't be told.
  const busy = await startWork(company, machine, "busy", stubborn, insistOnComment);
  const finished = await startWork(company, machine, "finished");
  const both = [busy, finished];
  const temporary = machine.journals().flatMap(({ temporaryFolder }) => temporaryFolder ?? []);
  expect(temporary).toHaveLength(2);

  gate.close();
  for (const { goOn } of both) goOn();
  await waitFor("the result in the outbox", () => machine.letters().some((name) => name.endsWith(".json")));
  await sitOut(both.map(({ first }) => first.id));
  const lost = { status: "lost", errorCode: "lease_expired", error: expect.stringContaining("its lease ended") };
  for (const { issue, first } of both) {
    expect(await company.board.call("runs.get", { params: { id: first.id } })).toMatchObject(lost);
    // However long it lasts: one retry, which waits for its machine.
    expect(await runsOf(company, issue)).toMatchObject([{ status: "queued", retryOfRunId: first.id }, lost]);
  }
  if (cutSeconds > 0) {
    // The machine knew by its own clock, and ended what was no longer its own without being told.
    expect(both.flatMap(({ pids }) => livingOf(pids))).toEqual([]);
    expect(machine.letters()).toEqual([]);
  }

  gate.open();
  for (const { issue, first } of both) {
    await waitFor(
      "the retry to succeed",
      async () => (await runsOf(company, issue))[0]?.status === "succeeded",
      patienceMs,
    );
    expect(await runsOf(company, issue)).toMatchObject([{ status: "succeeded", retryOfRunId: first.id }, lost]);
    expect(runner.output()).toContain(`${first.id} is no longer ours`);
  }
  const said = await company.board.call("issues.comments", { params: { id: busy.issue.id } });
  expect(said.filter(({ body }) => body === "Done.")).toHaveLength(1);

  await waitFor("all to be put away", () => machine.journals().every(({ phase }) => phase === "done"));
  expect(both.flatMap(({ pids }) => livingOf(pids))).toEqual([]);
  expect(machine.letters()).toEqual([]);
  expect(temporary.filter((folder) => existsSync(folder))).toEqual([]);
  process.stdout.write(`${cutSeconds === 0 ? "Simulated cut" : `Cut of ${cutSeconds} s`}:\n${runner.output()}`);
});
