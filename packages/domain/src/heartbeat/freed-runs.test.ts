import { runtimeConfig } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import {
  addHeartbeatAgent,
  addIssue,
  asSystem,
  claim,
  letTimePass,
  startRun,
  wakeByBoard,
} from "../../test/heartbeat-steps.ts";
import type { TestAgent, TestRun } from "../../test/working-agents.ts";
import { updateAgent } from "../agents/update-agent.ts";
import { updateCompany } from "../companies/update-company.ts";
import { checkoutIssue } from "../issues/checkout-issue.ts";
import { forceReleaseIssue } from "../issues/force-release-issue.ts";
import { releaseIssue } from "../issues/release-issue.ts";
import { updateIssue } from "../issues/update-issue.ts";
import { completeRun } from "./complete-run.ts";
import { deliverRun } from "./deliver-run.ts";
import { getRun } from "./get-run.ts";
import { reapRuns } from "./reap-runs.ts";

const domain = useDomainDatabase();
const end = (tenant: Tenant, agent: TestAgent, run: TestRun) =>
  completeRun(tenant.asRun(agent, run), { id: run.id, status: "succeeded" });

/** Wakes an agent for a task of its own that it can't begin yet. */
async function waitFor(tenant: Tenant, agent: TestAgent, reason: string, issueId?: string): Promise<string> {
  const id = await wakeByBoard(tenant, agent, issueId ?? (await addIssue(domain, tenant, agent)));
  expect((await claim(tenant, id))?.verdict).toBe(reason);
  return id;
}

/** Delivers what was dispatched, and what that dispatches, until nothing is left. */
async function deliverAll(tenant: Tenant): Promise<void> {
  const { dispatched } = tenant.ports;
  for (let run = dispatched.shift(); run; run = dispatched.shift()) await deliverRun(asSystem(tenant), run.runId);
}

const roomFor = (maxConcurrentRuns: number) => runtimeConfig.parse({ heartbeat: { maxConcurrentRuns } });
const statusOf = async (tenant: Tenant, id: string) => (await getRun(tenant.board, { id })).status;

describe("when a run ends", () => {
  it("whoever can take its place goes, behind however many that can't", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxConcurrentRuns: 9 });
    const tasks = await Promise.all(Array.from({ length: 8 }, () => addIssue(domain, tenant, ada)));
    for (const task of tasks) await startRun(tenant, ada, task);
    const ending = await startRun(tenant, ada);
    for (const task of tasks) await waitFor(tenant, ada, "task_running", task);
    const last = await waitFor(tenant, ada, "concurrency");
    tenant.ports.dispatched.length = 0;
    await end(tenant, ada, ending);
    expect(tenant.ports.dispatched.map(({ runId }) => runId)).toEqual([last]);
  });

  it("who no longer needs the place leaves it to the next", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    const ending = await startRun(tenant, ada);
    const closed = await Promise.all(Array.from({ length: 9 }, () => addIssue(domain, tenant, ada)));
    for (const issueId of closed) await waitFor(tenant, ada, "concurrency", issueId);
    const last = await waitFor(tenant, ada, "concurrency");
    await domain.owner.query("update issues set status = 'cancelled' where id = any($1)", [closed]);
    tenant.ports.dispatched.length = 0;
    await end(tenant, ada, ending);
    await deliverAll(tenant);
    expect(await statusOf(tenant, last)).toBe("running");
  });

  it("a place of the company goes on to an agent that has one itself", async () => {
    const tenant = await domain.newTenant();
    await domain.owner.query("update companies set max_concurrent_runs = 2 where id = $1", [tenant.companyId]);
    const [ada, bob, cleo] = [
      await addHeartbeatAgent(domain, tenant),
      await addHeartbeatAgent(domain, tenant, { maxConcurrentRuns: 2 }),
      await addHeartbeatAgent(domain, tenant),
    ];
    const ending = [await startRun(tenant, bob), await startRun(tenant, bob, await addIssue(domain, tenant, bob))];
    const adas = [await waitFor(tenant, ada, "company_concurrency")];
    for (let more = 0; more < 9; more++) adas.push(await waitFor(tenant, ada, "company_concurrency"));
    const cleos = await waitFor(tenant, cleo, "company_concurrency");
    tenant.ports.dispatched.length = 0;
    for (const run of ending) await end(tenant, bob, run);
    await deliverAll(tenant);
    expect(await statusOf(tenant, cleos)).toBe("running");
    const running = await Promise.all(adas.map((id) => statusOf(tenant, id)));
    expect(running.filter((status) => status === "running")).toHaveLength(1);
  });

  it("and many leases at once, each of their agents goes on", async () => {
    const tenant = await domain.newTenant();
    const agents = await Promise.all(Array.from({ length: 8 }, () => addHeartbeatAgent(domain, tenant)));
    const waiting: string[] = [];
    for (const agent of agents) {
      const { id } = await startRun(tenant, agent);
      waiting.push(await waitFor(tenant, agent, "concurrency"));
      await letTimePass(domain, id, 200);
    }
    await reapRuns(domain.database.system("test"), 100);
    expect((await Promise.all(waiting.map((id) => claim(tenant, id)))).map((run) => run?.verdict)).toEqual(
      waiting.map(() => "claimed"),
    );
  });
});

/** An issue that Ada's run holds and that Bob waits for. */
async function heldIssue() {
  const tenant = await domain.newTenant();
  const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
  const id = await addIssue(domain, tenant, null);
  const holder = await startRun(tenant, ada);
  const asHolder = tenant.asRun(ada, holder);
  await checkoutIssue(asHolder, { id, agentId: ada.id, expectedStatuses: ["todo"] });
  const waiting = await wakeByBoard(tenant, bob, id);
  return { tenant, bob, id, asHolder, waiting };
}

describe("a run that waits for an issue goes at once", () => {
  it.each([
    ["its holder gives it back", ({ asHolder, id }) => releaseIssue(asHolder, { id })],
    ["the board takes it away", ({ tenant, id }) => forceReleaseIssue(tenant.board, { id })],
    ["somebody else is to do it", ({ tenant, bob, id }) => updateIssue(tenant.board, { id, assigneeAgentId: bob.id })],
    ["it is to be done again", ({ tenant, id }) => updateIssue(tenant.board, { id, status: "todo" })],
  ] as [string, (held: Awaited<ReturnType<typeof heldIssue>>) => Promise<unknown>][])("when %s", async (_, letGo) => {
    const held = await heldIssue();
    const { tenant, waiting } = held;
    expect((await claim(tenant, waiting))?.verdict).toBe("issue_held");
    tenant.ports.dispatched.length = 0;
    await letGo(held);
    expect(tenant.ports.dispatched.map(({ runId }) => runId)).toContain(waiting);
    expect((await claim(tenant, waiting))?.verdict).toBe("claimed");
  });

  it("also when it begins to wait at the moment in which the issue is given back", async () => {
    for (let round = 0; round < 12; round++) {
      const { tenant, id, asHolder, waiting } = await heldIssue();
      const [judged] = await Promise.all([claim(tenant, waiting), releaseIssue(asHolder, { id })]);
      const verdict = judged?.verdict === "claimed" ? "claimed" : (await claim(tenant, waiting))?.verdict;
      expect(verdict).toBe("claimed");
    }
  });

  it("and so do all the others that wait for it", async () => {
    const { tenant, id, asHolder } = await heldIssue();
    const others: string[] = [];
    for (let more = 0; more < 23; more++)
      others.push(await waitFor(tenant, await addHeartbeatAgent(domain, tenant), "issue_held", id));
    tenant.ports.dispatched.length = 0;
    await releaseIssue(asHolder, { id });
    await deliverAll(tenant);
    const statuses = await Promise.all(others.map((other) => statusOf(tenant, other)));
    expect(new Set(statuses)).toEqual(new Set(["running"]));
  });
});

describe("when the board makes room", () => {
  it("for more runs of an agent, those that waited for a place go", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    await startRun(tenant, ada);
    const waiting = [await waitFor(tenant, ada, "concurrency"), await waitFor(tenant, ada, "concurrency")];
    tenant.ports.dispatched.length = 0;
    await updateAgent(tenant.board, { id: ada.id, runtimeConfig: roomFor(3) });
    await deliverAll(tenant);
    expect(await Promise.all(waiting.map((id) => statusOf(tenant, id)))).toEqual(["running", "running"]);
  });

  it("for more runs of the company, those that waited for one go", async () => {
    const tenant = await domain.newTenant();
    await updateCompany(tenant.board, { maxConcurrentRuns: 1 });
    const agents = await Promise.all([1, 2, 3].map(() => addHeartbeatAgent(domain, tenant)));
    const [first, ...others] = await Promise.all(agents.map((agent) => wakeByBoard(tenant, agent)));
    expect((await claim(tenant, String(first)))?.verdict).toBe("claimed");
    for (const id of others) expect((await claim(tenant, id))?.verdict).toBe("company_concurrency");
    tenant.ports.dispatched.length = 0;
    await updateCompany(tenant.board, { maxConcurrentRuns: null });
    await deliverAll(tenant);
    expect(await Promise.all(others.map((id) => statusOf(tenant, id)))).toEqual(["running", "running"]);
  });
});
