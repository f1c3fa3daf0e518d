import { budgetOverview, company as companyEntity, costByAgent, costEvent } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { listActivity } from "../activity/index.ts";
import { completeRun } from "../heartbeat/index.ts";
import { checkoutIssue, createIssue, getIssue, readIssueCosts } from "../issues/index.ts";
import * as money from "./index.ts";

const db = useDomainDatabase();
const { reportCost } = money;
const newEventId = () => crypto.randomUUID();
const one = async <T>(text: string, values: unknown[]): Promise<T> => (await db.owner.query(text, values)).rows[0];

const costOf = (agent: TestAgent, costCents: number, fields: object = {}) => ({
  agentId: agent.id,
  provider: "anthropic",
  model: "large",
  inputTokens: 10,
  cachedInputTokens: 2,
  outputTokens: 5,
  costCents,
  ...fields,
});
const actionsOf = async ({ board }: Tenant, prefix: string) =>
  (await listActivity(board, { limit: 200, action: prefix })).items.map(({ action }) => action);
const agentRow = (id: string) =>
  one<{ status: string; pause_reason: string | null; paused_at: Date | null }>("select * from agents where id = $1", [
    id,
  ]);
const runRow = (id: string) =>
  one<{ status: string; error_code: string | null; cancel_requested_at: Date | null; cost_cents: string }>(
    "select * from heartbeat_runs where id = $1",
    [id],
  );
const arrange = async (budgetCents: number | null) => {
  const tenant = await db.newTenant();
  const agent = await addAgent(db.owner, tenant.companyId, { budgetCents });
  return { tenant, agent, run: await addRun(db.owner, tenant.companyId, agent) };
};

describe("reporting a cost", () => {
  it("takes one request, belongs to the run, and inherits from the issue that the run took", async () => {
    const { tenant, agent, run } = await arrange(null);
    const ctx = tenant.asRun(agent, run);
    const issue = await createIssue(tenant.board, { title: "Work", billingCode: "ACME-2026" });
    await checkoutIssue(ctx, { id: issue.id, agentId: agent.id, expectedStatuses: ["todo"] });
    let event: unknown;
    expect(
      await db.countRequests(async () => {
        event = await reportCost(ctx, costOf(agent, 12.345678));
      }),
    ).toBe(1);
    expect(costEvent.parse(event)).toMatchObject({
      heartbeatRunId: run.id,
      issueId: issue.id,
      billingCode: "ACME-2026",
      costCents: 12.345678,
    });
    expect((await runRow(run.id)).cost_cents).toBe("12.345678");
    expect((await getIssue(tenant.board, issue)).costCents).toBe(12.345678);
    expect((await getIssue(tenant.board, issue)).holder?.costCents).toBe(12.345678);
    expect(await actionsOf(tenant, "cost.")).toEqual(["cost.reported"]);
  });

  it("counts the same id once and refuses it for another content", async () => {
    const { tenant, agent, run } = await arrange(1000);
    const ctx = tenant.asRun(agent, run);
    const id = newEventId();
    const first = await reportCost(ctx, costOf(agent, 3, { id }));
    expect(costEvent.parse(await reportCost(ctx, costOf(agent, 3, { id })))).toEqual(costEvent.parse(first));
    await expect(reportCost(ctx, costOf(agent, 4, { id }))).rejects.toMatchObject({ code: "idempotency_mismatch" });
    const twin = newEventId();
    const both = await Promise.all([1, 2, 3, 4].map(() => reportCost(ctx, costOf(agent, 2, { id: twin }))));
    expect(new Set(both.map((event) => event.createdAt)).size).toBe(1);
    expect((await money.readCostSummary(tenant.board, {})).spendCents).toBe(5);
    expect((await runRow(run.id)).cost_cents).toBe("5.000000");
  });

  it("refuses other agents' costs, ended runs, the future, and what is not of this company", async () => {
    const { tenant, agent, run } = await arrange(null);
    const other = await db.newTenant();
    const foreignIssue = await createIssue(other.board, { title: "Theirs" });
    const colleague = await addAgent(db.owner, tenant.companyId);
    const ctx = tenant.asRun(agent, run);
    await expect(reportCost(ctx, costOf(colleague, 1))).rejects.toMatchObject({ code: "forbidden" });
    const stale = tenant.asRun(agent, { ...run, fence: run.fence - 1 });
    await expect(reportCost(stale, costOf(agent, 1))).rejects.toMatchObject({ code: "lease_lost" });
    const occurredAt = new Date(Date.now() + 86_400_000).toISOString();
    await expect(reportCost(ctx, costOf(agent, 1, { occurredAt }))).rejects.toMatchObject({ code: "invalid_request" });
    await expect(reportCost(ctx, costOf(agent, 1, { occurredAt: "0000-01-01T00:00:00Z" }))).rejects.toMatchObject({
      code: "invalid_request",
    });
    const foreigners = [{ issueId: foreignIssue.id }, { projectId: newEventId() }, { goalId: newEventId() }];
    for (const fields of [...foreigners, { heartbeatRunId: newEventId() }]) {
      await expect(reportCost(ctx, costOf(agent, 1, fields))).rejects.toMatchObject({ code: "invalid_reference" });
    }
    await expect(reportCost(other.board, costOf(agent, 1))).rejects.toMatchObject({ code: "invalid_reference" });
    expect((await money.readCostSummary(tenant.board, {})).spendCents).toBe(0);
    expect((await money.readCostSummary(other.board, {})).spendCents).toBe(0);
  });
});

describe("an agent's budget", () => {
  it("alerts once, stops once and loses no cent under 64 reports at once", async () => {
    const { tenant, agent, run } = await arrange(100);
    const queued = await addRun(db.owner, tenant.companyId, agent, { status: "queued" });
    const ctx = tenant.asRun(agent, run);
    const costs = Array.from({ length: 64 }, (_, n) => 2 + n / 1_000_000);
    await Promise.all(costs.map((cents) => reportCost(ctx, costOf(agent, cents))));
    expect(await actionsOf(tenant, "budget.")).toHaveLength(2);
    expect((await actionsOf(tenant, "budget.")).sort()).toEqual(["budget.alert", "budget.exhausted"]);
    const sums = await one<{ spent: string; ledger: string; run: string; total: string }>(
      `select (select spent_cents from budget_spend where scope_id = $1) as spent, (select cost_cents from heartbeat_runs where id = $2) as run,
         (select sum(cost_cents) from cost_events where agent_id = $1) as ledger,
         (select total_cost_cents from agent_runtime_state where agent_id = $1) as total`,
      [agent.id, run.id],
    );
    expect(sums).toEqual({ spent: "128.002016", ledger: "128.002016", run: "128.002016", total: "128.002016" });
    expect(await agentRow(agent.id)).toMatchObject({
      status: "paused",
      pause_reason: "budget",
      paused_at: expect.any(Date),
    });
    expect(await runRow(queued.id)).toMatchObject({ status: "cancelled", error_code: "budget_exhausted" });
    expect(await runRow(run.id)).toMatchObject({ status: "running", cancel_requested_at: expect.any(Date) });
    const wake = await one("select w.* from wakes w join heartbeat_runs r on r.wake_id = w.id where r.id = $1", [
      queued.id,
    ]);
    expect(wake).toMatchObject({ status: "skipped", skip_reason: "budget_exhausted" });
  });

  it("holds while runs report, end with a cost and take issues at the same time", async () => {
    const { tenant, agent } = await arrange(150);
    const work = async (n: number) => {
      const { id } = await createIssue(tenant.board, { title: `Work ${n}` });
      const run = await addRun(db.owner, tenant.companyId, agent);
      const ctx = tenant.asRun(agent, run);
      await checkoutIssue(ctx, { id, agentId: agent.id, expectedStatuses: ["todo"] });
      return { ctx, run };
    };
    const runs = await Promise.all(Array.from({ length: 12 }, (_, n) => work(n)));
    const outcomes = await Promise.allSettled(
      runs.flatMap(({ ctx, run }) => [
        ...Array.from({ length: 4 }, () => reportCost(ctx, costOf(agent, 1.5))),
        completeRun(ctx, { id: run.id, status: "succeeded", costUsd: 0.1 }),
      ]),
    );
    const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
    expect(new Set(refusals)).toEqual(new Set(refusals.length ? ["lease_lost"] : []));
    const sums = await one<{ same: boolean; ledger: string }>(
      `select (select spent_cents from budget_spend where scope_id = $1) = sum(cost_cents)
         and (select sum(cost_cents) from heartbeat_runs where agent_id = $1) = sum(cost_cents) as same,
         sum(cost_cents) as ledger from cost_events where agent_id = $1`,
      [agent.id],
    );
    expect(sums.same).toBe(true);
    expect(Number(sums.ledger)).toBe(120 + 1.5 * (48 - refusals.length));
  });

  it("that was set below what is spent stops the agent at its next cost, and not for a past month", async () => {
    const { tenant, agent } = await arrange(null);
    await reportCost(tenant.board, costOf(agent, 50));
    await db.owner.query("update agents set budget_monthly_cents = 20 where id = $1", [agent.id]);
    await reportCost(tenant.board, costOf(agent, 500, { occurredAt: "2020-01-31T23:59:59Z" }));
    expect((await agentRow(agent.id)).status).toBe("idle");
    await reportCost(tenant.board, costOf(agent, 1));
    expect((await agentRow(agent.id)).status).toBe("paused");
    expect(await actionsOf(tenant, "budget.")).toEqual(["budget.exhausted"]);
  });

  it("of null never stops anybody", async () => {
    const { tenant, agent } = await arrange(null);
    await reportCost(tenant.board, costOf(agent, 1_000_000_000));
    expect((await agentRow(agent.id)).status).toBe("idle");
    expect(await actionsOf(tenant, "budget.")).toEqual([]);
  });
});

describe("the company's budget", () => {
  it("alerts once and is told once when it is used up, over all agents", async () => {
    const { tenant, agent } = await arrange(null);
    const other = await addAgent(db.owner, tenant.companyId);
    expect(companyEntity.parse(await money.setCompanyBudget(tenant.board, { budgetMonthlyCents: 100 }))).toMatchObject({
      budgetMonthlyCents: 100,
      spentMonthlyCents: 0,
    });
    await reportCost(tenant.board, costOf(agent, 70));
    expect(await actionsOf(tenant, "company_budget.")).toEqual([]);
    await Promise.all(Array.from({ length: 8 }, () => reportCost(tenant.board, costOf(agent, 2))));
    expect(await actionsOf(tenant, "company_budget.")).toEqual(["company_budget.alert"]);
    await Promise.all(Array.from({ length: 16 }, (_, n) => reportCost(tenant.board, costOf(n % 2 ? agent : other, 2))));
    await reportCost(tenant.board, costOf(other, 1));
    expect((await actionsOf(tenant, "company_budget.")).sort()).toEqual([
      "company_budget.alert",
      "company_budget.exhausted",
    ]);
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const refused = checkoutIssue(tenant.board, { id, agentId: other.id, expectedStatuses: ["todo"] });
    await expect(refused).rejects.toMatchObject({ code: "budget_exhausted", details: { scope: "company" } });
  });

  it("set below what is spent is told at once", async () => {
    const { tenant, agent } = await arrange(null);
    await reportCost(tenant.board, costOf(agent, 90));
    await money.setCompanyBudget(tenant.board, { budgetMonthlyCents: 100 });
    expect(await actionsOf(tenant, "company_budget.")).toEqual(["company_budget.alert"]);
    expect(await actionsOf(tenant, "company.")).toEqual(["company.budget_changed"]);
  });
});

describe("reading costs", () => {
  it("ranks by spend and pages through every group once", async () => {
    const { tenant } = await arrange(null);
    const agents: TestAgent[] = [];
    for (let n = 0; n < 5; n += 1) agents.push(await addAgent(db.owner, tenant.companyId, { budgetCents: 10_000 }));
    for (const [n, agent] of agents.entries()) await reportCost(tenant.board, costOf(agent, n < 3 ? 10 : n));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await money.listCostsByAgent(tenant.board, { limit: 2, cursor });
      seen.push(...page.items.map((item) => costByAgent.parse(item).agentId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(new Set(seen).size).toBe(5);
    expect(seen.slice(3)).toEqual([agents[4]?.id, agents[3]?.id]);
    const issue = await createIssue(tenant.board, { title: "Work" });
    const child = await createIssue(tenant.board, { title: "Part", parentId: issue.id });
    await reportCost(tenant.board, costOf(agents[0] as TestAgent, 100, { issueId: child.id }));
    expect((await money.listCostsByIssue(tenant.board, { limit: 10, subtree: false })).items).toMatchObject([
      { issueId: child.id, identifier: child.identifier, costCents: 100, events: 1 },
      { issueId: null, identifier: null, costCents: 37, inputTokens: 50, outputTokens: 25, events: 5 },
    ]);
    expect((await money.listCostsByProject(tenant.board, { limit: 10 })).items).toMatchObject([
      { projectId: null, projectName: null, costCents: 137 },
    ]);
    expect(await readIssueCosts(tenant.board, { id: issue.identifier })).toEqual({
      companyId: tenant.companyId,
      issueId: issue.id,
      issueCount: 2,
      spendCents: 100,
      inputTokens: 10,
      outputTokens: 5,
    });
  });

  it("lists events latest first within a range, each once", async () => {
    const { tenant, agent } = await arrange(null);
    const times = [
      "2026-01-01T00:00:00.000Z",
      "2026-01-02T00:00:00.000Z",
      "2026-01-02T00:00:00.000Z",
      "2026-01-31T00:00:00.000Z",
    ];
    for (const occurredAt of times) await reportCost(tenant.board, costOf(agent, 1, { occurredAt }));
    const range = { from: "2026-01-01T00:00:00Z", to: "2026-01-31T00:00:00Z" };
    const first = await money.listCostEvents(tenant.board, { ...range, limit: 2 });
    const rest = await money.listCostEvents(tenant.board, { ...range, limit: 2, cursor: first.nextCursor ?? "" });
    const all = [...first.items, ...rest.items].map((event) => costEvent.parse(event));
    expect(all.map(({ occurredAt }) => occurredAt)).toEqual([times[2], times[1], times[0]]);
    expect(new Set(all.map(({ id }) => id)).size).toBe(3);
    expect(rest.nextCursor).toBeNull();
    expect(await money.readCostSummary(tenant.board, range)).toMatchObject({ spendCents: 3, utilizationPercent: 0 });
    expect((await money.listCostEvents(tenant.board, { limit: 5 })).items).toEqual([]);
  });

  it("shows every budget with its use", async () => {
    const { tenant, agent } = await arrange(200);
    await money.setCompanyBudget(tenant.board, { budgetMonthlyCents: 400 });
    await reportCost(tenant.board, costOf(agent, 50));
    expect(budgetOverview.parse(await money.readBudgetOverview(tenant.board))).toEqual({
      company: { budgetCents: 400, spentCents: 50, utilizationPercent: 12.5, paused: false },
      agents: [
        {
          agentId: agent.id,
          name: agent.name,
          budgetCents: 200,
          spentCents: 50,
          utilizationPercent: 25,
          paused: false,
        },
      ],
    });
    expect(await money.readCostSummary(tenant.board, {})).toMatchObject({ budgetCents: 400, utilizationPercent: 12.5 });
  });
});
