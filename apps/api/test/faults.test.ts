import { devNull } from "node:os";
import { type HiredTestAgent, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { carefulAgent } from "./careful-agent.ts";
import { assignPersistently, expectDoneOnce, realErrorsOf, recover, webhookIdsOf } from "./recovery.ts";

const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const boardroom = useOwnBoardroom({ seed, logFile: devNull });

/** The statements between an assignment and its end, and how the agent has to answer so that it is used. */
const statements: [name: string, match: string | RegExp, answers: 200 | 202][] = [
  ["the wake", "issues.create", 200],
  ["the claim", /run_fence/, 200],
  ["the checkout", "issues.checkout", 200],
  ["the comment", "issues.comment", 202],
  ["the cost", "costs.report", 200],
  ["the issue's end", "issues.update", 202],
  ["the acknowledgement", /"acknowledged" as/, 202],
  ["the result of an answer", /"finished" as/, 200],
  ["the result of a completion", "runs.complete", 202],
];

beforeAll(() => {
  process.stdout.write(`Faults follow seed ${boardroom.services.neon.faults.seed}; SEED=… repeats them\n`);
});

let company: TestCompany;
let hired: HiredTestAgent;

beforeEach(async () => {
  boardroom.services.neon.faults.clear();
  boardroom.services.queue.faults.clear();
  company = await boardroom.newCompany();
});

async function workThroughTrouble(answers: 200 | 202, trouble: () => void, isLost = true) {
  hired = await boardroom.hireHttpAgent(company, { behaviour: carefulAgent({ answers }) });
  trouble();
  await assignPersistently(company, hired.agent.id);
  await recover(boardroom, company);
  expect(boardroom.services.neon.faults.struck).toBe(isLost ? 1 : 0);
  await expectDoneOnce(boardroom, company, 1);
  expect(realErrorsOf(hired)).toEqual([]);
  expect(webhookIdsOf(hired)).toHaveLength(1);
}

describe("a database request that is lost", () => {
  it.each(statements)("before %s is stored loses nothing and repeats nothing", async (_, match, answers) => {
    await workThroughTrouble(answers, () => boardroom.services.neon.faults.dropBefore(match));
  });

  it.each(statements)("after %s was stored loses nothing and repeats nothing", async (_, match, answers) => {
    await workThroughTrouble(answers, () => boardroom.services.neon.faults.dropAfterCommit(match));
  });

  it.each(["dropBefore", "dropAfterCommit"] as const)(
    "in the scheduler (%s) loses no timer heartbeat and fires none twice",
    async (fault) => {
      hired = await boardroom.hireHttpAgent(company, {
        behaviour: carefulAgent({ answers: 200 }),
        runtimeConfig: { heartbeat: { enabled: true, intervalSec: 2_592_000 } },
      });
      const { board, cid } = company;
      const body = { title: "Waits", status: "backlog" as const, assigneeAgentId: hired.agent.id };
      const issue = await board.call("issues.create", { params: { cid }, body });
      await boardroom.ownerQuery("update issues set status = 'todo' where id = $1", [issue.id]);
      await boardroom.ownerQuery("update agent_schedules set next_wake_at = now() where company_id = $1", [cid]);
      boardroom.services.neon.faults[fault]("tick");
      await expect(boardroom.runScheduled()).rejects.toThrow();
      await boardroom.runScheduled();
      await hired.server.webhook();
      await recover(boardroom, company);
      await expectDoneOnce(boardroom, company, 1);
      expect(webhookIdsOf(hired)).toHaveLength(1);
    },
  );
});

describe("a queue that misbehaves", () => {
  it("delivers everything twice and in another order: each run starts once", async () => {
    boardroom.services.queue.faults.duplicate(1);
    boardroom.services.queue.faults.reorder(0.7, 300);
    // The fast path is lost, so that all depends on the queue.
    boardroom.services.neon.faults.dropBefore(/run_fence/, { times: 4 });
    hired = await boardroom.hireHttpAgent(company, { behaviour: carefulAgent({ answers: 200 }) });
    for (const title of ["One", "Two", "Three", "Four"]) await assignPersistently(company, hired.agent.id, title);
    await recover(boardroom, company);
    await expectDoneOnce(boardroom, company, 4);
    const runs = await boardroom.ownerQuery<{ attempt: number }>(
      "select attempt from heartbeat_runs where company_id = $1",
      [company.cid],
    );
    expect(hired.server.received).toHaveLength(runs.reduce((sum, { attempt }) => sum + attempt, 0));
    expect(realErrorsOf(hired)).toEqual([]);
  });

  it("holds everything back: the assignment still starts at once", async () => {
    boardroom.services.queue.faults.hold();
    await workThroughTrouble(200, () => undefined, false);
  });

  it("takes a message and answers nothing: the repeated message changes nothing", async () => {
    await workThroughTrouble(202, () => {
      boardroom.services.neon.faults.dropBefore(/run_fence/);
      boardroom.services.queue.faults.dropAfterPublish(2);
    });
  });

  it("takes nothing: the minute's trigger brings what was not taken", async () => {
    await workThroughTrouble(200, () => {
      boardroom.services.neon.faults.dropBefore(/run_fence/);
      boardroom.services.queue.faults.refusePublish(3);
    });
    expect(boardroom.services.queue.dlq()).toEqual([]);
  });
});
