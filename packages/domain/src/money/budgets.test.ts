import { budgetIncident, budgetPolicy } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { listActivity } from "../activity/index.ts";
import { getAgent, setAgentBudget } from "../agents/index.ts";
import { approveApproval, createApproval } from "../approvals/index.ts";
import { type Ctx, systemActor } from "../context.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { completeRun, renewRun } from "../heartbeat/index.ts";
import { createIssue } from "../issues/index.ts";
import { createProject } from "../projects/index.ts";
import * as money from "./index.ts";

const db = useDomainDatabase();
const one = async <T>(text: string, values: unknown[]): Promise<T> => (await db.owner.query(text, values)).rows[0];
const cost = (agent: TestAgent, costCents: number, fields: object = {}) => ({
  id: crypto.randomUUID(),
  agentId: agent.id,
  provider: "example",
  model: "example-1",
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  costCents,
  ...fields,
});
const asSystem = ({ board }: Tenant): Ctx => ({ ...board, actor: systemActor });
const spend = (tenant: Tenant, agent: TestAgent, cents: number, fields: object = {}) =>
  money.reportCost(tenant.board, cost(agent, cents, fields));
const policy = (tenant: Tenant, fields: Partial<Parameters<typeof money.createPolicy>[1]> = {}) =>
  money.createPolicy(tenant.board, {
    scope: "company",
    window: "day",
    amountCents: 100,
    alertPercent: 80,
    hardStop: true,
    ...fields,
  });
const incidents = async ({ board }: Tenant, status?: "open" | "resolved" | "dismissed") =>
  (await money.listIncidents(board, { limit: 50, status })).items.map((item) => budgetIncident.parse(item));
const actionsOf = async ({ board }: Tenant, action: string) =>
  (await listActivity(board, { limit: 200, action })).items.map((item) => item.action).sort();
const queued = (tenant: Tenant, agent: TestAgent, issueId: string | null = null) =>
  addRun(db.owner, tenant.companyId, agent, { status: "queued", issueId });
const runRow = (id: string) =>
  one<Record<string, string | null>>(
    "select status, cost_basis, cost_cents, reserved_cents, metered_cents, wait_reason, cancel_reason, error_code from heartbeat_runs where id = $1",
    [id],
  );
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();

describe("a budget policy", () => {
  it("counts what its scope and window hold, and nothing else", async () => {
    const tenant = await db.newTenant();
    const [first, other] = [await addAgent(db.owner, tenant.companyId), await addAgent(db.owner, tenant.companyId)];
    const project = await createProject(tenant.board, { name: "Launch" });
    const made = {
      day: await policy(tenant, { amountCents: 1000 }),
      rolling: await policy(tenant, { window: "rolling", windowDays: 3, amountCents: 1000 }),
      lifetime: await policy(tenant, { window: "lifetime", amountCents: 1000 }),
      agent: await policy(tenant, { scope: "agent", agentId: first.id, amountCents: 1000 }),
      project: await policy(tenant, { scope: "project", projectId: project.id, window: "lifetime", amountCents: 1000 }),
    };
    await spend(tenant, first, 1.000001);
    await spend(tenant, other, 2, { projectId: project.id });
    await spend(tenant, first, 4, { occurredAt: day(-2), projectId: project.id });
    await spend(tenant, first, 8, { occurredAt: day(-40) });
    const shown = (await money.listPolicies(tenant.board, { limit: 50 })).items.map((item) => budgetPolicy.parse(item));
    const spentOf = (id: string) => shown.find((each) => each.id === id)?.spentCents;
    expect(Object.fromEntries(Object.entries(made).map(([name, { id }]) => [name, spentOf(id)]))).toEqual({
      day: 3.000001,
      rolling: 7.000001,
      lifetime: 15.000001,
      agent: 1.000001,
      project: 6,
    });
    await expect(policy(tenant, { amountCents: 5 })).rejects.toMatchObject({ code: "already_exists" });
    await expect(policy(tenant, { scope: "agent" })).rejects.toMatchObject({ code: "invalid_request" });
    const foreign = await addAgent(db.owner, (await db.newTenant()).companyId);
    await expect(policy(tenant, { scope: "agent", agentId: foreign.id })).rejects.toMatchObject({
      code: "invalid_reference",
    });
  });

  it("of a month is the agent's and the company's own budget, whichever is written", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId, { budgetCents: 500 });
    const monthly = (await money.listPolicies(tenant.board, { limit: 5, agentId: agent.id })).items[0];
    expect(monthly).toMatchObject({ scope: "agent", window: "month", amountCents: 500 });
    await money.updatePolicy(tenant.board, { id: monthly?.id ?? "", amountCents: 700 });
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ budgetMonthlyCents: 700 });
    await setAgentBudget(tenant.board, { id: agent.id, budgetMonthlyCents: 900 });
    expect((await money.listPolicies(tenant.board, { limit: 5, agentId: agent.id })).items).toMatchObject([
      { id: monthly?.id, amountCents: 900 },
    ]);
    await money.deletePolicy(tenant.board, { id: monthly?.id ?? "" });
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ budgetMonthlyCents: null });
  });

  it("that is used up when it is made stops at once, and lets go when it has room again", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    await spend(tenant, agent, 60);
    const made = await policy(tenant, { scope: "agent", agentId: agent.id, amountCents: 50 });
    expect(made).toMatchObject({ stopped: true, utilizationPercent: 120 });
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ status: "paused", pauseReason: "budget" });
    expect(await incidents(tenant, "open")).toMatchObject([{ threshold: "stop", name: agent.name, amountCents: 50 }]);
    await money.updatePolicy(tenant.board, { id: made.id, amountCents: 200 });
    expect(await incidents(tenant)).toMatchObject([{ status: "resolved", action: "budget_changed" }]);
  });
});

describe("64 agents spending against one budget", () => {
  it("overshoot by at most what each running one still had, tell alert and stop once, and lose no decimal", async () => {
    const tenant = await db.newTenant();
    const project = await createProject(tenant.board, { name: "Shared" });
    await policy(tenant, { amountCents: 320 });
    await policy(tenant, { scope: "project", projectId: project.id, window: "week", amountCents: 100_000 });
    const agents = [];
    for (let n = 0; n < 64; n += 1) agents.push(await addAgent(db.owner, tenant.companyId));
    const runs = await Promise.all(agents.map((agent) => addRun(db.owner, tenant.companyId, agent)));
    const step = 1.000001;
    await Promise.all(
      agents.map(async (agent, at) => {
        const run = runs[at];
        if (!run) return;
        const ctx = tenant.asRun(agent, run);
        for (let n = 0; n < 20; n += 1) {
          await money.reportCost(ctx, cost(agent, step, { projectId: project.id }));
          if ((await renewRun(ctx, { id: run.id })).action === "cancel") return;
        }
      }),
    );
    const { spent, ledger, days, totals } = await one<Record<string, string>>(
      `select (select sum(spent_cents) from budget_spend where company_id = $1) as spent, (select sum(cost_cents) from cost_events where company_id = $1) as ledger,
         (select sum(spent_cents) from spend_days where company_id = $1 and project_id = $2) as days,
         (select sum(cost_cents) from heartbeat_runs where company_id = $1) as totals`,
      [tenant.companyId, project.id],
    );
    expect(new Set([spent, ledger, days, totals]).size).toBe(1);
    expect(Number(ledger)).toBeGreaterThanOrEqual(320);
    expect(Number(ledger)).toBeLessThanOrEqual(320 + 64 * step);
    expect(await actionsOf(tenant, "company_budget.")).toEqual(["company_budget.alert", "company_budget.exhausted"]);
    expect(await incidents(tenant, "open")).toMatchObject([{ threshold: "stop", scope: "company" }]);
    const cancelled = await one<{ n: string }>(
      "select count(*) as n from heartbeat_runs where company_id = $1 and cancel_reason = 'budget_exhausted'",
      [tenant.companyId],
    );
    expect(Number(cancelled.n)).toBe(64);
  });
});

describe("a claim", () => {
  it("reserves what the agent's runs cost in the middle, and waits while the rest is set aside", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    await policy(tenant, { amountCents: 100 });
    for (const cents of [10, 60, 20]) {
      const run = await addRun(db.owner, tenant.companyId, agent);
      await completeRun(tenant.asRun(agent, run), { id: run.id, status: "succeeded", costUsd: cents / 100 });
    }
    const [first, second] = [await queued(tenant, agent), await queued(tenant, agent)];
    expect(await claimRun(asSystem(tenant), first.id)).toMatchObject({ verdict: "claimed" });
    expect(await runRow(first.id)).toMatchObject({ reserved_cents: "20.000000" });
    expect(await claimRun(asSystem(tenant), second.id)).toMatchObject({ verdict: "budget_reserved" });
    const claimed = await one<{ fence: string }>("select fence from heartbeat_runs where id = $1", [first.id]);
    const ctx = tenant.asRun(agent, { id: first.id, fence: Number(claimed.fence) });
    await completeRun(ctx, { id: first.id, status: "succeeded", costUsd: 0.01 });
    expect(await claimRun(asSystem(tenant), second.id)).toMatchObject({ verdict: "claimed" });
    // Nothing is set aside where nothing limits.
    const free = await db.newTenant();
    const rich = await addAgent(db.owner, free.companyId);
    const third = await queued(free, rich);
    await claimRun(asSystem(free), third.id);
    expect(await runRow(third.id)).toMatchObject({ reserved_cents: "0.000000" });
  });

  it("is refused for a project whose budget is used up, and for no other work", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    const project = await createProject(tenant.board, { name: "Spent" });
    await policy(tenant, { scope: "project", projectId: project.id, amountCents: 5 });
    await spend(tenant, agent, 6, { projectId: project.id });
    const inProject = await createIssue(tenant.board, { title: "In it", projectId: project.id });
    const outside = await createIssue(tenant.board, { title: "Outside" });
    const [refused, taken] = [await queued(tenant, agent, inProject.id), await queued(tenant, agent, outside.id)];
    await db.owner.query("update issues set assignee_agent_id = $1 where id = any($2)", [
      agent.id,
      [inProject.id, outside.id],
    ]);
    expect(await claimRun(asSystem(tenant), refused.id)).toMatchObject({ verdict: "project_budget_exhausted" });
    expect(await claimRun(asSystem(tenant), taken.id)).toMatchObject({ verdict: "claimed" });
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ status: "running" });
  });
});

describe("a budget incident", () => {
  const stopped = async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId, { budgetCents: 100 });
    await createIssue(tenant.board, { title: "Go on", assigneeAgentId: agent.id });
    await spend(tenant, agent, 120);
    const incident = (await incidents(tenant, "open"))[0];
    return { tenant, agent, id: incident?.id ?? "" };
  };

  it("raised and resumed wakes the agent once, however often it is decided", async () => {
    const { tenant, agent, id } = await stopped();
    const raise = (amountCents: number) =>
      money.resolveIncident(tenant.board, { id, action: "raise_budget_and_resume", amountCents, note: "Go on" });
    await expect(raise(120)).rejects.toMatchObject({ code: "invalid_request" });
    const outcomes = await Promise.allSettled([raise(300), raise(300), raise(300)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ status: "idle", budgetMonthlyCents: 300 });
    expect(await incidents(tenant)).toMatchObject([
      { id, status: "resolved", action: "raise_budget_and_resume", note: "Go on", spentNowCents: 120 },
      { threshold: "alert" },
    ]);
    const wakes = await one<{ n: string }>(
      "select count(*) as n from wakes where agent_id = $1 and reason = 'agent_resumed'",
      [agent.id],
    );
    expect(Number(wakes.n)).toBe(1);
  });

  it("is raised by an approval as well, and its agent resumed and woken", async () => {
    const { tenant, agent, id } = await stopped();
    const ask = (amountCents: number) =>
      createApproval(tenant.asAgent(agent), {
        type: "budget_override_required",
        payload: { incidentId: id, amountCents, reason: "Two more days" },
      });
    const [small, enough] = [await ask(110), await ask(250)];
    await expect(approveApproval(tenant.board, { id: small.id })).rejects.toMatchObject({ code: "invalid_request" });
    expect(await approveApproval(tenant.board, { id: enough.id, decisionNote: "Fine" })).toMatchObject({
      status: "approved",
    });
    await tenant.ports.settled();
    expect(await getAgent(tenant.board, { id: agent.id })).toMatchObject({ status: "idle", budgetMonthlyCents: 250 });
    expect((await incidents(tenant))[0]).toMatchObject({
      status: "resolved",
      action: "raise_budget_and_resume",
      approvalId: enough.id,
    });
    const woken = await one<{ n: string }>(
      "select count(*) as n from wakes where agent_id = $1 and reason = 'agent_resumed' and status <> 'skipped'",
      [agent.id],
    );
    expect(Number(woken.n)).toBe(1);
  });

  it("kept paused outlives its window, a dismissed one ends with it", async () => {
    const [kept, dismissed] = [await stopped(), await stopped()];
    await money.resolveIncident(kept.tenant.board, { id: kept.id, action: "keep_paused" });
    await money.resolveIncident(dismissed.tenant.board, { id: dismissed.id, action: "dismiss" });
    const again = money.resolveIncident(kept.tenant.board, { id: kept.id, action: "dismiss" });
    await expect(again).rejects.toMatchObject({ code: "conflict" });
    for (const { tenant } of [kept, dismissed]) {
      await db.owner.query(
        "update budget_incidents set window_ends_at = now() - interval '1 second' where company_id = $1",
        [tenant.companyId],
      );
      await db.owner.query("update budget_spend set spent_cents = 0 where company_id = $1", [tenant.companyId]);
    }
    const contexts = new Map([kept, dismissed].map(({ tenant }) => [tenant.companyId, asSystem(tenant)]));
    await money.liftBudgetStops(db.database.system("test"), (id) => contexts.get(id) ?? asSystem(kept.tenant));
    expect(await getAgent(kept.tenant.board, { id: kept.agent.id })).toMatchObject({ status: "paused" });
    expect(await getAgent(dismissed.tenant.board, { id: dismissed.agent.id })).toMatchObject({ status: "idle" });
  });
});
