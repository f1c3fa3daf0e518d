import { devNull } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "@boardroom/local";
import { type HiredTestAgent, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type CarefulOptions, carefulAgent, type Step } from "./careful-agent.ts";
import { viewEvents } from "./event-viewer.ts";
import { assignPersistently, expectDoneOnce, realErrorsOf, recover, webhookIdsOf } from "./recovery.ts";

const seed = process.env.SEED === undefined ? undefined : Number(process.env.SEED);
const boardroom = useOwnBoardroom({ seed, logFile: devNull });
/** A Worker that just came back answers its first requests slowly, and agents wait for it. */
const quietMs = 1200;
let company: TestCompany;
let hired: HiredTestAgent;

beforeAll(() => {
  process.stdout.write(`Crashes follow seed ${boardroom.services.neon.faults.seed}; SEED=… repeats them\n`);
});

beforeEach(async () => {
  company = await boardroom.newCompany();
});

async function crash(whileDown?: () => Promise<unknown>) {
  await boardroom.killWorker();
  boardroom.services.neon.faults.clear();
  await whileDown?.();
  await boardroom.restartWorker();
}

/** Crashes the Worker once, when the agent has come so far; `crashed` resolves when the Worker is back. */
function crashAt(wanted: Step) {
  const { promise: crashed, resolve } = Promise.withResolvers<void>();
  let isDone = false;
  const between = async (step: Step) => {
    if (step !== wanted || isDone) return;
    isDone = true;
    await crash();
    resolve();
  };
  return { between, crashed };
}

const hire = async (answers: 200 | 202, between?: CarefulOptions["between"], maxConcurrentRuns = 1) => {
  hired = await boardroom.hireHttpAgent(company, {
    behaviour: carefulAgent({ answers, between }),
    runtimeConfig: { heartbeat: { maxConcurrentRuns } },
  });
  return hired;
};

async function expectRecovery(deliveries: number) {
  await recover(boardroom, company, quietMs);
  await expectDoneOnce(boardroom, company, 1);
  expect(realErrorsOf(hired)).toEqual([]);
  expect([hired.server.received.length, webhookIdsOf(hired).length]).toEqual([deliveries, 1]);
}

const untilStruck = () => expect.poll(() => boardroom.services.neon.faults.struck).toBeGreaterThan(0);

it("killed after the wake was stored and before its run is claimed, the run starts once the Worker is back", async () => {
  await hire(200);
  boardroom.services.neon.faults.dropBefore(/run_fence/, { probability: 1 });
  await assignPersistently(company, hired.agent.id);
  await untilStruck();
  await crash();
  await expectRecovery(1);
});

it("killed after the claim and before the webhook, the run is delivered when its lease is over", async () => {
  await hire(202);
  boardroom.services.neon.faults.dropAfterCommit(/run_fence/);
  await assignPersistently(company, hired.agent.id);
  await untilStruck();
  expect(hired.server.received).toEqual([]);
  await crash();
  await expectRecovery(1);
});

it("killed after the webhook and before its answer, the same webhook comes again and the work is not repeated", async () => {
  const { between, crashed } = crashAt("done");
  await hire(200, between);
  await assignPersistently(company, hired.agent.id);
  await crashed;
  await expectRecovery(2);
});

it("killed between an agent's calls, the agent goes on under the lease that it has", async () => {
  const { between, crashed } = crashAt("taken");
  await hire(202, between);
  await assignPersistently(company, hired.agent.id);
  await crashed;
  await expectRecovery(1);
});

it("killed before an accepted run is noted as accepted, the run still ends as the agent says", async () => {
  await hire(202, async (step) => {
    if (step === "taken") await sleep(300);
  });
  boardroom.services.neon.faults.dropBefore(/"acknowledged" as/, { probability: 1 });
  await assignPersistently(company, hired.agent.id);
  await untilStruck();
  await crash();
  await expectRecovery(1);
});

it("killed while viewers watch, they resume where they were and miss nothing", async () => {
  const headers = { cookie: company.owner.cookie };
  const before = await viewEvents(company.url, company.cid, { headers });
  const create = (title: string) =>
    company.board.call("issues.create", { params: { cid: company.cid }, body: { title } });
  await create("One");
  await before.sees("One", ({ details }) => details?.title === "One");
  await crash(() =>
    boardroom.ownerQuery(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id, details)
       values ($1, 'system', 'system', 'issue.created', 'issue', 'x', '{"title":"Meanwhile"}')`,
      [company.cid],
    ),
  );
  await before.close();
  await create("Two");
  const after = await viewEvents(company.url, company.cid, { headers, lastEventId: before.lastId() });
  await after.sees("Two", ({ details }) => details?.title === "Two");
  expect(after.events.flatMap(({ activity }) => activity?.details?.title ?? [])).toEqual(["Meanwhile", "Two"]);
  await after.close();
});

it("in a storm of lost requests, repeated messages and crashes nothing is lost and nothing happens twice", async () => {
  const { neon, queue } = boardroom.services;
  const random = seededRandom(neon.faults.seed);
  const agents = [await hire(200), await hire(202), await hire(200, undefined, 2), await hire(202, undefined, 3)];
  const startStorm = () => {
    neon.faults.dropBefore(undefined, { probability: 0.04 });
    neon.faults.dropAfterCommit(undefined, { probability: 0.04 });
  };
  queue.faults.duplicate(0.5);
  queue.faults.reorder(0.5, 400);
  startStorm();
  const assigning = (async () => {
    for (let index = 0; index < 12; index++) {
      const agent = agents[index % agents.length];
      if (agent) await assignPersistently(company, agent.agent.id, `Issue ${index}`);
    }
  })();
  for (let crashes = 0; crashes < 3; crashes++) {
    await sleep(200 + random() * 900);
    await crash();
    startStorm();
  }
  await assigning;
  neon.faults.clear();
  queue.faults.clear();
  await recover(boardroom, company, quietMs);
  await expectDoneOnce(boardroom, company, 12);
  const calls = agents.reduce((sum, { server }) => sum + server.received.length, 0);
  process.stdout.write(`12 issues through the storm: ${calls} webhooks\n`);
}, 60_000);
