import { runtimeConfig } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { addHeartbeatAgent, addIssue, claim, claimed, startRun, wakeByBoard } from "../../test/heartbeat-steps.ts";
import { updateAgent } from "../agents/update-agent.ts";
import { updateCompany } from "../companies/update-company.ts";
import { checkoutIssue } from "../issues/checkout-issue.ts";
import { reportCost } from "../money/report-cost.ts";
import { completeRun } from "./complete-run.ts";
import { getRun } from "./get-run.ts";
import { readSchedule } from "./read-schedule.ts";
import { requestWakeup } from "./request-wakeup.ts";

const domain = useDomainDatabase();
const show = (tenant: Tenant, id: string) => getRun(tenant.board, { id });
const done = { status: "succeeded" } as const;

describe("a run that has to wait", () => {
  it("says why, stays queued, and goes when its agent's other run ends", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant);
    const first = await startRun(tenant, ada, await addIssue(domain, tenant, ada));
    const second = await wakeByBoard(tenant, ada, await addIssue(domain, tenant, ada));
    expect((await claim(tenant, second))?.verdict).toBe("concurrency");
    const waiting = await show(tenant, second);
    expect(waiting).toMatchObject({ status: "queued", waitReason: "concurrency" });
    expect(Date.parse(waiting.availableAt)).toBeGreaterThan(Date.now() + 30_000);
    expect((await claim(tenant, second))?.verdict).toBe("not_yet");
    tenant.ports.dispatched.length = 0;
    await completeRun(tenant.asRun(ada, first), { id: first.id, ...done });
    expect(tenant.ports.dispatched).toEqual([{ companyId: tenant.companyId, runId: second }]);
    await claimed(tenant, second);
    expect(await show(tenant, second)).toMatchObject({ status: "running", waitReason: null });
  });

  it("waits for another run of its own task even where the agent may run several", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxConcurrentRuns: 5 });
    // What concerns no issue is one task as well: its runs share a session.
    for (const issueId of [await addIssue(domain, tenant, ada), null]) {
      const first = await startRun(tenant, ada, issueId);
      const second = await wakeByBoard(tenant, ada, issueId);
      expect((await claim(tenant, second))?.verdict).toBe("task_running");
      await completeRun(tenant.asRun(ada, first), { id: first.id, ...done });
      await claimed(tenant, second);
    }
  });

  it("waits while another agent's run holds the issue, and is promoted when that ends", async () => {
    const tenant = await domain.newTenant();
    const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
    const issueId = await addIssue(domain, tenant, null);
    const holder = await startRun(tenant, ada);
    await checkoutIssue(tenant.asRun(ada, holder), { id: issueId, agentId: ada.id, expectedStatuses: ["todo"] });
    const other = await wakeByBoard(tenant, bob, issueId);
    expect((await claim(tenant, other))?.verdict).toBe("issue_held");
    expect(await show(tenant, other)).toMatchObject({ status: "queued", waitReason: "issue_held" });
    tenant.ports.dispatched.length = 0;
    await completeRun(tenant.asRun(ada, holder), { id: holder.id, ...done });
    expect(tenant.ports.dispatched).toContainEqual({ companyId: tenant.companyId, runId: other });
    await claimed(tenant, other);
  });

  it("never lets a company run more than it allows, however many agents claim at once", async () => {
    const tenant = await domain.newTenant();
    await domain.owner.query("update companies set max_concurrent_runs = 3 where id = $1", [tenant.companyId]);
    const agents = await Promise.all(Array.from({ length: 12 }, () => addHeartbeatAgent(domain, tenant)));
    const runs = await Promise.all(agents.map((agent) => wakeByBoard(tenant, agent)));
    const verdicts = (await Promise.all(runs.map((id) => claim(tenant, id)))).map((run) => run?.verdict);
    expect(verdicts.filter((verdict) => verdict === "claimed")).toHaveLength(3);
    expect(verdicts.filter((verdict) => verdict === "company_concurrency")).toHaveLength(9);
    const index = verdicts.indexOf("claimed");
    const [agent, id] = [agents[index], runs[index]];
    if (!agent || !id) throw new Error("none was claimed");
    tenant.ports.dispatched.length = 0;
    await completeRun(tenant.asRun(agent, { id, fence: Number((await show(tenant, id)).fence) }), { id, ...done });
    expect(tenant.ports.dispatched.length).toBeGreaterThan(0);
    const next = await Promise.all(tenant.ports.dispatched.map(({ runId }) => claim(tenant, runId)));
    expect(next.filter((run) => run?.verdict === "claimed")).toHaveLength(1);
  });
});

it("goes for whatever source somebody states who asks for it, also one of assignment without an issue", async () => {
  const tenant = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, tenant);
  const { run } = await requestWakeup(tenant.board, { id: ada.id, source: "assignment" });
  await claimed(tenant, String(run?.id));
});

it("keeps what its causes bring within bounds, and that somebody said something", async () => {
  const tenant = await domain.newTenant();
  const [ada, bob] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
  const ask = (payload: Record<string, string>) =>
    requestWakeup(tenant.asAgent(bob), { id: ada.id, source: "automation", payload });
  await ask({ commentId: "c-1" });
  for (let nth = 0; nth < 8; nth++) await ask({ [`part${nth}`]: "x".repeat(60_000) });
  const { wake } = await ask({ last: "one" });
  expect(wake).toMatchObject({
    coalescedCount: 9,
    payload: { commentId: "c-1", last: "one", part7: expect.any(String) },
  });
  expect(JSON.stringify(wake.payload).length).toBeLessThan(200_000);
});

it("comes again when its company goes on, for those who have work", async () => {
  const tenant = await domain.newTenant();
  const [ada] = [await addHeartbeatAgent(domain, tenant), await addHeartbeatAgent(domain, tenant)];
  const stopped = await wakeByBoard(tenant, ada, await addIssue(domain, tenant, ada));
  await updateCompany(tenant.board, { status: "paused" });
  expect((await claim(tenant, stopped))?.verdict).toBe("company_paused");
  tenant.ports.dispatched.length = 0;
  await updateCompany(tenant.board, { status: "active" });
  expect(tenant.ports.dispatched).toHaveLength(1);
  await claimed(tenant, String(tenant.ports.dispatched[0]?.runId));
  await updateCompany(tenant.board, { status: "active" });
  expect(tenant.ports.dispatched).toHaveLength(1);
});

describe("an agent's day", () => {
  it("ends with its runs, until midnight UTC", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxRunsPerDay: 2 });
    for (let run = 1; run <= 2; run++) {
      const started = await startRun(tenant, ada);
      await completeRun(tenant.asRun(ada, started), { id: started.id, ...done });
    }
    const third = await wakeByBoard(tenant, ada);
    expect((await claim(tenant, third))?.verdict).toBe("daily_runs");
    const midnight = new Date().setUTCHours(24, 0, 0, 0);
    expect(Date.parse((await show(tenant, third)).availableAt)).toBeGreaterThanOrEqual(midnight);
    expect(await readSchedule(tenant.board, { id: ada.id })).toMatchObject({ runsToday: 2, maxRunsPerDay: 2 });
  });

  it("counts the runs that waited for it since yesterday", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxRunsPerDay: 1 });
    const sinceYesterday = async (id: string) => {
      const { rows } = await domain.owner.query<{ id: string }>(
        "update heartbeat_runs set id = uuidv7(interval '-1 day') where id = $1 returning id",
        [id],
      );
      return String(rows[0]?.id);
    };
    const waiting = await Promise.all([addIssue(domain, tenant, ada), addIssue(domain, tenant, ada)]);
    const [first = "", second = ""] = await Promise.all(
      waiting.map(async (issueId) => sinceYesterday(await wakeByBoard(tenant, ada, issueId))),
    );
    const run = await claimed(tenant, first);
    await completeRun(tenant.asRun(ada, run), { id: run.id, ...done });
    expect((await claim(tenant, second))?.verdict).toBe("daily_runs");
  });

  it("goes on when the board raises its cap", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxRunsPerDay: 1 });
    const first = await startRun(tenant, ada);
    await completeRun(tenant.asRun(ada, first), { id: first.id, ...done });
    const waiting = await wakeByBoard(tenant, ada);
    expect((await claim(tenant, waiting))?.verdict).toBe("daily_runs");
    tenant.ports.dispatched.length = 0;
    await updateAgent(tenant.board, { id: ada.id, title: "Engineer" });
    expect(tenant.ports.dispatched).toEqual([]);
    const { heartbeat } = runtimeConfig.parse({ heartbeat: { maxRunsPerDay: 5 } });
    await updateAgent(tenant.board, { id: ada.id, runtimeConfig: { heartbeat } });
    expect(tenant.ports.dispatched).toEqual([{ companyId: tenant.companyId, runId: waiting }]);
    await claimed(tenant, waiting);
  });

  it("ends with its cost", async () => {
    const tenant = await domain.newTenant();
    const ada = await addHeartbeatAgent(domain, tenant, { maxCostPerDayCents: 10 });
    const run = await startRun(tenant, ada);
    const cost = { provider: "p", model: "m", costCents: 12.5, agentId: ada.id };
    await reportCost(tenant.asRun(ada, run), { ...cost, inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 });
    await completeRun(tenant.asRun(ada, run), { id: run.id, ...done });
    expect((await claim(tenant, await wakeByBoard(tenant, ada)))?.verdict).toBe("daily_cost");
    expect(await readSchedule(tenant.board, { id: ada.id })).toMatchObject({ costTodayCents: 12.5 });
  });
});
