import { devNull } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { type AgentBehaviour, behaviours, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { beforeEach, describe, expect, it } from "vitest";

const boardroom = useOwnBoardroom({ logFile: devNull });
const queue = () => boardroom.services.queue;
const acknowledged = () =>
  queue()
    .deliveries()
    .filter(({ status }) => status === 200).length;

/** Stored runs that nobody was told of, as a Worker leaves them that died after its commit. */
async function storeRuns({ cid }: TestCompany, agentIds: string[], perAgent: number): Promise<void> {
  await boardroom.ownerQuery(
    `with wake as (
       insert into wakes (company_id, agent_id, source, reason, task_key, run_id)
       select $1, agent::uuid, 'on_demand', 'on_demand', 'task-' || n, uuidv7()
       from unnest($2::text[]) agent, generate_series(1, $3::int) n returning *)
     insert into heartbeat_runs (company_id, id, agent_id, wake_id, invocation_source)
     select company_id, run_id, agent_id, id, source from wake`,
    [cid, agentIds, perAgent],
  );
}

const statusesOf = async ({ cid }: TestCompany): Promise<Record<string, number>> => {
  const rows = await boardroom.ownerQuery<{ status: string; count: number }>(
    "select status, count(*)::int as count from heartbeat_runs where company_id = $1 group by status",
    [cid],
  );
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

/** An agent that answers nobody until it may, and how many wait for its answer. */
function reluctant(then: AgentBehaviour) {
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
  let waiting = 0;
  const behaviour: AgentBehaviour = async (webhook, response) => {
    waiting += 1;
    await allowed;
    waiting -= 1;
    await then(webhook, response);
  };
  return { behaviour, allow, waiting: () => waiting };
}

const hire = (company: TestCompany, behaviour: AgentBehaviour, maxConcurrentRuns = 1) =>
  boardroom.hireHttpAgent(company, { behaviour, runtimeConfig: { heartbeat: { maxConcurrentRuns } } });

let company: TestCompany;

beforeEach(async () => {
  queue().faults.clear();
  company = await boardroom.newCompany();
});

describe("a message of the queue", () => {
  it("is acknowledged once the run is claimed, while the agent still thinks", async () => {
    const agent = reluctant(behaviours.finish());
    const { agent: hired, server } = await hire(company, agent.behaviour);
    await storeRuns(company, [hired.id], 1);
    const before = acknowledged();
    await boardroom.runScheduled();
    await server.webhook();
    await expect.poll(acknowledged).toBe(before + 1);
    expect(agent.waiting()).toBe(1);
    expect(await statusesOf(company)).toEqual({ running: 1 });
    agent.allow();
    await expect.poll(() => statusesOf(company)).toEqual({ succeeded: 1 });
  });

  it("that comes twice, and in any order, calls the agent once", async () => {
    queue().faults.duplicate(1);
    queue().faults.reorder(0.5, 200);
    const { agent, server } = await hire(company, behaviours.finish(), 10);
    await storeRuns(company, [agent.id], 10);
    await boardroom.runScheduled();
    await expect.poll(() => statusesOf(company)).toEqual({ succeeded: 10 });
    await queue().whenIdle();
    expect(new Set(server.received.map(({ runId }) => runId)).size).toBe(10);
    expect(server.received).toHaveLength(10);
  });

  it("is tried again by the queue when the claim could not reach the database", async () => {
    const { agent, server } = await hire(company, behaviours.finish());
    await storeRuns(company, [agent.id], 1);
    boardroom.services.neon.faults.dropBefore(/run_fence/);
    await boardroom.runScheduled();
    await expect.poll(() => statusesOf(company)).toEqual({ succeeded: 1 });
    const [first, second] = queue().deliveries().slice(-2);
    expect([first?.retried, second?.retried]).toEqual([0, 1]);
    expect(first?.status).toBeGreaterThanOrEqual(500);
    expect(server.received).toHaveLength(1);
  });

  it("is not tried again because of what the agent answers", async () => {
    const { agent, server } = await hire(company, behaviours.status(500));
    await storeRuns(company, [agent.id], 1);
    const before = queue().dlq().length;
    await boardroom.runScheduled();
    await server.webhook();
    await expect.poll(() => statusesOf(company)).toEqual({ queued: 1 });
    const [run] = await boardroom.ownerQuery<{ id: string }>(
      "select id, attempt, error_code from heartbeat_runs where company_id = $1",
      [company.cid],
    );
    expect(run).toEqual({ id: expect.any(String), attempt: 1, error_code: "http_500" });
    // Its next delivery is a message of its own, for five seconds later.
    await expect.poll(() => queue().waiting(run?.id)).toBe(1);
    expect(queue().dlq()).toHaveLength(before);
  });

  it("whose Worker dies after the acknowledgement is made good by the lease, under the same webhook-id", async () => {
    const agent = reluctant(behaviours.finish());
    const { agent: hired, server } = await hire(company, agent.behaviour);
    await storeRuns(company, [hired.id], 1);
    const before = acknowledged();
    await boardroom.runScheduled();
    const { runId } = await server.webhook();
    await expect.poll(acknowledged).toBe(before + 1);
    await boardroom.killWorker();
    agent.allow();
    server.behave(behaviours.finish());
    await boardroom.restartWorker();
    expect(await statusesOf(company)).toEqual({ running: 1 });
    await boardroom.expireLease(runId);
    // Here the queue gives a message up within a second, which a Worker that just came back may need: then the next minute has it.
    const nextMinute = async () => {
      await boardroom.runScheduled();
      return statusesOf(company);
    };
    await expect.poll(nextMinute, { interval: 1000 }).toEqual({ succeeded: 1 });
    expect(server.received.map(({ headers }) => headers["webhook-id"])).toEqual([runId, runId]);
  });
});

describe("many runs at once", () => {
  it("that one call frees are started few at a time by it, and the rest by calls of their own", async () => {
    const agent = reluctant(behaviours.finish());
    const { agent: hired, server } = await hire(company, agent.behaviour, 10);
    await storeRuns(company, [hired.id], 5);
    await boardroom.ownerQuery(
      "update heartbeat_runs set wait_reason = 'concurrency', available_at = now() + interval '1 hour' where company_id = $1",
      [company.cid],
    );
    queue().faults.hold();
    // The first run's end frees those that wait.
    server.behave(behaviours.inTurn(behaviours.finish(), agent.behaviour));
    await company.board.call("agents.invoke", { params: { id: hired.id }, body: {} });
    // It is one of three itself until its result is kept.
    await expect.poll(agent.waiting).toBe(2);
    await sleep(300);
    expect(agent.waiting()).toBe(2);
    queue().faults.release();
    await expect.poll(agent.waiting).toBe(5);
    agent.allow();
    await expect.poll(() => statusesOf(company)).toEqual({ succeeded: 6 });
  });

  it("two hundred of them are all delivered, each once, and the Worker has them in seconds", async () => {
    const agents = await Promise.all(Array.from({ length: 20 }, () => hire(company, behaviours.finish(), 10)));
    await storeRuns(
      company,
      agents.map(({ agent }) => agent.id),
      10,
    );
    const startedAt = Date.now();
    await boardroom.runScheduled();
    await expect.poll(() => statusesOf(company), { timeout: 50_000 }).toEqual({ succeeded: 200 });
    const received = agents.flatMap(({ server }) => server.received.map(({ runId }) => runId));
    expect([received.length, new Set(received).size]).toEqual([200, 200]);
    process.stdout.write(`200 runs of 20 agents delivered in ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  });
});
