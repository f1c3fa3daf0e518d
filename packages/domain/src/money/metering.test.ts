import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { type Ctx, systemActor } from "../context.ts";
import { completeRun, renewRun } from "../heartbeat/index.ts";
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
const runRow = (id: string) =>
  one<Record<string, string | null>>(
    "select status, cost_basis, cost_cents, reserved_cents, metered_cents, wait_reason, cancel_reason, error_code from heartbeat_runs where id = $1",
    [id],
  );
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString();

describe("metering", () => {
  it("stops a run by the tokens it shows, before it has reported any money", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    await policy(tenant, { amountCents: 100 });
    const run = await addRun(db.owner, tenant.companyId, agent);
    const ctx = tenant.asRun(agent, run);
    const shown = (outputTokens: number) =>
      renewRun(ctx, { id: run.id, model: "gpt-5", usage: { inputTokens: 1000, outputTokens } });
    expect(await shown(10_000)).toMatchObject({ action: "continue" });
    expect(await runRow(run.id)).toMatchObject({ metered_cents: "10.125000" });
    expect(await shown(100_000)).toMatchObject({ action: "cancel", reason: "budget_exhausted" });
    await completeRun(ctx, {
      id: run.id,
      status: "cancelled",
      model: "gpt-5",
      usage: { inputTokens: 1000, outputTokens: 100_000 },
    });
    expect(await runRow(run.id)).toMatchObject({ cost_cents: "100.125000", cost_basis: "estimated" });
  });

  it("estimates by the company's own price first, and never guesses", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    const tokens = {
      inputTokens: 1_000_000,
      cachedInputTokens: 1_000_000,
      outputTokens: 1_000_000,
      costCents: undefined,
    };
    expect(
      await spend(tenant, agent, 0, { ...tokens, provider: "anthropic", model: "claude-haiku-4-5" }),
    ).toMatchObject({
      costCents: 610,
      basis: "estimated",
    });
    expect(await spend(tenant, agent, 0, tokens)).toMatchObject({ costCents: 0, basis: "unaccounted" });
    await money.setPrice(tenant.board, {
      provider: "Example",
      model: "example-1",
      validFrom: "2026-01-01",
      inputCents: 1,
      cachedInputCents: 0.5,
      outputCents: 2.25,
    });
    expect(await spend(tenant, agent, 0, tokens)).toMatchObject({ costCents: 3.75, basis: "estimated" });
    const dated = { ...tokens, provider: "anthropic", model: "claude-sonnet-5-5", inputTokens: 0, outputTokens: 0 };
    const [before, after] = ["2026-10-06T12:00:00.000Z", "2026-10-07T12:00:00.000Z"];
    expect(await spend(tenant, agent, 0, { ...dated, occurredAt: before })).toMatchObject({ costCents: 20 });
    expect(await spend(tenant, agent, 0, { ...dated, occurredAt: after })).toMatchObject({ costCents: 10 });
  });

  it("gives a run that died a cost, once, and lets the board correct it", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    const stranger = await addAgent(db.owner, tenant.companyId);
    const paid = await addRun(db.owner, tenant.companyId, agent);
    await completeRun(tenant.asRun(agent, paid), { id: paid.id, status: "succeeded", costUsd: 0.3 });
    const [dead, unknown] = [
      await addRun(db.owner, tenant.companyId, agent, { status: "lost" }),
      await addRun(db.owner, tenant.companyId, stranger, { status: "lost" }),
    ];
    await db.owner.query("update heartbeat_runs set finished_at = now() where id = any($1)", [[dead.id, unknown.id]]);
    for (let twice = 0; twice < 2; twice += 1)
      await money.settleDeadRuns(db.database.system("test"), () => asSystem(tenant));
    expect(await runRow(dead.id)).toMatchObject({ cost_cents: "30.000000", cost_basis: "estimated" });
    expect(await runRow(unknown.id)).toMatchObject({ cost_cents: "0.000000", cost_basis: "unaccounted" });
    expect(await money.correctCost(tenant.board, { id: dead.id, costCents: 12.5 })).toMatchObject({
      costCents: -17.5,
      basis: "corrected",
    });
    expect(await runRow(dead.id)).toMatchObject({ cost_cents: "12.500000", cost_basis: "corrected" });
    await expect(money.correctCost(tenant.board, { id: dead.id, costCents: 12.5 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await money.readCostSummary(tenant.board, {})).toMatchObject({ spendCents: 42.5 });
  });
});

describe("a batch of costs", () => {
  it("takes what it can in one request, counts each once, and says of the others why not", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    const [good, twin, taken] = [cost(agent, 1.5), cost(agent, 2), cost(agent, 3)];
    await money.reportCost(tenant.board, taken);
    const events = [
      good,
      twin,
      twin,
      { ...taken, costCents: 4 },
      taken,
      cost({ id: crypto.randomUUID(), name: "Nobody" }, 1),
      cost(agent, 1, { occurredAt: day(3) }),
    ];
    let answer: Awaited<ReturnType<typeof money.reportCosts>> | undefined;
    const requests = await db.countRequests(async () => {
      answer = await money.reportCosts(tenant.board, { events });
    });
    expect(requests).toBe(1);
    expect(answer?.created).toBe(2);
    expect(answer?.results.map(({ status, code }) => [status, code])).toEqual([
      ["created", null],
      ["created", null],
      ["duplicate", null],
      ["refused", "idempotency_mismatch"],
      ["duplicate", null],
      ["refused", "invalid_reference"],
      ["refused", "invalid_request"],
    ]);
    const own = tenant.asRun(agent, await addRun(db.owner, tenant.companyId, agent));
    const other = await addAgent(db.owner, tenant.companyId);
    const { results } = await money.reportCosts(own, { events: [cost(other, 1), cost(agent, 1)] });
    expect(results.map(({ code }) => code)).toEqual(["forbidden", null]);
    expect(await money.readCostSummary(tenant.board, {})).toMatchObject({ spendCents: 7.5 });
  });
});

describe("the forecast", () => {
  it("goes on at the last days' rate, between their cheaper and their dearer half", async () => {
    const tenant = await db.newTenant();
    const agent = await addAgent(db.owner, tenant.companyId);
    expect(await money.readCostForecast(tenant.board)).toMatchObject({
      spentCents: 0,
      monthEndCents: 0,
      exhaustedOn: null,
    });
    for (const [offset, cents] of [
      [-1, 10],
      [-2, 20],
      [-3, 30],
      [-4, 40],
    ] as const) {
      await spend(tenant, agent, cents, { occurredAt: day(offset) });
    }
    const forecast = await money.readCostForecast(tenant.board);
    expect(forecast).toMatchObject({ daysUsed: 4, perDayCents: 25 });
    const { lowCents, monthEndCents, highCents } = forecast;
    expect(lowCents).toBeLessThan(monthEndCents);
    expect(monthEndCents).toBeLessThan(highCents);
    await money.setCompanyBudget(tenant.board, { budgetMonthlyCents: forecast.spentCents });
    expect((await money.readCostForecast(tenant.board)).exhaustedOn).toBe(new Date().toISOString().slice(0, 10));
  });
});
