import { behaviours, type HiredTestAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";

const boardroom = useBoardroom();

const assign = ({ board, cid }: TestCompany, assigneeAgentId: string, title: string) =>
  board.call("issues.create", { params: { cid }, body: { title, assigneeAgentId } });

async function reportCost({ board, cid }: TestCompany, { agent }: HiredTestAgent, costCents: number) {
  const body = { agentId: agent.id, provider: "example", model: "example-1", costCents };
  await board.call("costs.report", { params: { cid }, body });
}

async function actionsOf({ board, cid }: TestCompany): Promise<string[]> {
  const entries = await board.call("companies.activity", { params: { cid }, query: { limit: 200 } });
  return entries.map(({ action }) => action);
}

const count = (actions: string[], wanted: string) => actions.filter((action) => action === wanted).length;
const state = ({ board }: TestCompany, { agent }: HiredTestAgent) =>
  board.call("agents.get", { params: { id: agent.id } });

it("logs one alert at 80 % of a budget, pauses at 100 %, refuses with 402 and works again after it was raised", async () => {
  const company = await boardroom.newCompany();
  const { board } = company;
  const hired = await boardroom.hireHttpAgent(company, { behaviour: behaviours.accept() });
  const { agent, server } = hired;
  const params = { id: agent.id };
  const first = await assign(company, agent.id, "Costly");
  const { api, runId } = await server.webhook();
  await api.call("issues.checkout", { params: { id: first.id }, body: { agentId: agent.id } });
  await board.call("agents.setBudget", { params, body: { budgetMonthlyCents: 100 } });
  const spend = (costCents: number) =>
    api.call("costs.report", {
      params: { cid: company.cid },
      body: { agentId: agent.id, provider: "example", model: "example-1", costCents },
    });

  await spend(79);
  expect(await actionsOf(company)).not.toContain("budget.alert");
  await spend(1);
  await spend(10);
  expect(count(await actionsOf(company), "budget.alert")).toBe(1);
  expect(await state(company, hired)).toMatchObject({ status: "running", spentMonthlyCents: 90 });

  await spend(15);
  expect(await state(company, hired)).toMatchObject({
    status: "paused",
    pauseReason: "budget",
    spentMonthlyCents: 105,
  });
  const actions = await actionsOf(company);
  expect([count(actions, "budget.alert"), count(actions, "budget.exhausted")]).toEqual([1, 1]);
  // The work that runs is told to stop.
  expect(await api.call("runs.renew", { params: { id: runId }, body: {} })).toMatchObject({ action: "cancel" });

  const second = await assign(company, agent.id, "Next");
  const key = await hired.withKey();
  const checkout = await refusalOf(
    key.call("issues.checkout", { params: { id: second.id }, body: { agentId: agent.id } }),
  );
  expect([checkout.status, checkout.code]).toEqual([402, "budget_exhausted"]);
  expect(checkout.message).toMatch(/budget is used up/);
  expect(checkout.details).toMatchObject({ scope: "agent", budgetCents: 100, spentCents: 105 });
  for (const invoke of ["agents.invoke", "agents.wakeup"] as const) {
    const refused = await refusalOf(board.call(invoke, { params, body: {} }));
    expect([refused.status, refused.code]).toEqual([402, "budget_exhausted"]);
    expect(refused.message).toMatch(/budget is used up/);
  }
  expect((await refusalOf(board.call("agents.resume", { params, body: {} }))).status).toBe(402);
  await api.call("runs.complete", { params: { id: runId }, body: { status: "cancelled" } });
  expect(await board.call("issues.get", { params: { id: first.id } })).toMatchObject({ status: "todo", holder: null });

  await board.call("agents.setBudget", { params, body: { budgetMonthlyCents: 1000 } });
  expect(await state(company, hired)).toMatchObject({ status: "paused" });
  const seen = server.received.length;
  server.behave(
    behaviours.workThenFinish(async ({ api: next }) => {
      for (const { id } of await next.call("agents.inboxLite", {})) {
        await next.call("issues.checkout", { params: { id }, body: { agentId: agent.id } });
        await next.call("issues.update", { params: { id }, body: { status: "done" } });
      }
    }),
  );
  await board.call("agents.resume", { params, body: {} });
  const woken = await server.webhook(seen);
  await boardroom.waitForRun(company, woken.runId, "succeeded");
  for (const { id } of [first, second]) {
    expect(await board.call("issues.get", { params: { id } })).toMatchObject({ status: "done" });
  }
  expect(await state(company, hired)).toMatchObject({ status: "idle", pauseReason: null });
  expect(server.errors).toEqual([]);
});

it("counts a cost once by its own id, and a result's cost once however often the result comes", async () => {
  const company = await boardroom.newCompany();
  const result = { status: "succeeded" as const, costUsd: 0.02, usage: { inputTokens: 10, outputTokens: 5 } };
  const hired = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.accept(async ({ api, runId }) => {
      await api.call("runs.complete", { params: { id: runId }, body: result });
      await api.call("runs.complete", { params: { id: runId }, body: result });
    }),
  });
  await assign(company, hired.agent.id, "Work");
  const { runId } = await hired.server.webhook();
  await boardroom.waitForRun(company, runId, "succeeded");
  const body = { id: crypto.randomUUID(), agentId: hired.agent.id, provider: "p", model: "m", costCents: 3 };
  const [one, other] = await Promise.all(
    [0, 1].map(() => company.board.call("costs.report", { params: { cid: company.cid }, body })),
  );
  expect(one).toEqual(other);
  expect(hired.server.errors).toEqual([]);
  expect(await state(company, hired)).toMatchObject({ spentMonthlyCents: 5 });
  expect(await company.board.call("costs.summary", { params: { cid: company.cid } })).toMatchObject({ spendCents: 5 });
});

it("a budget of 0 means none: the agent never runs", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, { budgetMonthlyCents: 0 });
  const refused = await refusalOf(company.board.call("agents.invoke", { params: { id: agent.id }, body: {} }));
  expect(refused.status).toBe(402);
  expect(server.received).toEqual([]);
});

it("a company's exhausted budget stops all its agents, and no other company's", async () => {
  const company = await boardroom.newCompany({ budgetMonthlyCents: 50 });
  const [spender, other] = [await boardroom.hireHttpAgent(company), await boardroom.hireHttpAgent(company)];
  await reportCost(company, spender, 60);
  const refused = await refusalOf(company.board.call("agents.invoke", { params: { id: other.agent.id }, body: {} }));
  expect([refused.status, refused.message]).toEqual([402, expect.stringMatching(/company's budget/)]);
  const actions = await actionsOf(company);
  expect([count(actions, "company_budget.alert"), count(actions, "company_budget.exhausted")]).toEqual([1, 1]);
  const stranger = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(stranger, { behaviour: behaviours.finish() });
  await stranger.board.call("agents.invoke", { params: { id: agent.id }, body: {} });
  await server.webhook();
});
