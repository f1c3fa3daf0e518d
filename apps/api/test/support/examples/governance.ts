import { type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });

const price = () => ({
  provider: "example",
  model: word(),
  validFrom: "2026-01-01",
  inputCents: 100,
  cachedInputCents: 10,
  outputCents: 500,
});

const newPolicyBody = async (t: Tenant, amountCents = 500_000_000) => {
  const { id: projectId } = await t.board.call("projects.create", { ...ofCompany(t), body: { name: word() } });
  return { scope: "project", projectId, window: "week", amountCents, hardStop: false } as const;
};
const newPolicy = async (t: Tenant, amountCents?: number) => {
  const body = await newPolicyBody(t, amountCents);
  const { id } = await t.board.call("budgets.createPolicy", { ...ofCompany(t), body });
  return { cid: t.cid, id };
};
/** A budget of nothing that only tells is reached at once. */
export const newIncident = async (t: Tenant) => {
  const { id: policyId } = await newPolicy(t, 0);
  const incidents = await t.board.call("budgets.incidents", { ...ofCompany(t), query: { limit: 200 } });
  return incidents.find((incident) => incident.policyId === policyId)?.id ?? "";
};

export const moneyExamples: ExamplesOf<"costs" | "budgets"> = {
  "costs.report": (t) => ({
    ...ofCompany(t),
    body: {
      agentId: t.ids.agent,
      issueId: t.ids.issue,
      projectId: t.ids.project,
      goalId: t.ids.goal,
      provider: "anthropic",
      model: word(),
      inputTokens: 1200,
      outputTokens: 30,
      costCents: 0.123456,
    },
  }),
  "costs.reportBatch": (t) => ({
    ...ofCompany(t),
    body: {
      events: [
        { id: crypto.randomUUID(), agentId: t.ids.agent, provider: "openai", model: "gpt-5", inputTokens: 1000 },
      ],
    },
  }),
  "costs.correct": async (t) => {
    const body = { agentId: t.ids.agent, provider: "p", model: word(), costCents: 1 };
    const { id } = await t.board.call("costs.report", { ...ofCompany(t), body });
    return { params: { cid: t.cid, id }, body: { costCents: 2, note: `As billed: ${word()}` } };
  },
  "costs.events": ofCompany,
  "costs.summary": ofCompany,
  "costs.byAgent": ofCompany,
  "costs.byProject": ofCompany,
  "costs.byIssue": ofCompany,
  "costs.byBillingCode": ofCompany,
  "costs.byProvider": ofCompany,
  "costs.byAgentModel": ofCompany,
  "costs.byGoal": ofCompany,
  "costs.forecast": ofCompany,
  "costs.prices": ofCompany,
  "costs.setPrice": (t) => ({ ...ofCompany(t), body: price() }),
  "costs.deletePrice": async (t) => {
    const { id } = await t.board.call("costs.setPrice", { ...ofCompany(t), body: price() });
    return { params: { cid: t.cid, id: id ?? "" } };
  },
  "budgets.policies": ofCompany,
  "budgets.createPolicy": async (t) => ({ ...ofCompany(t), body: await newPolicyBody(t) }),
  "budgets.updatePolicy": async (t) => ({ params: await newPolicy(t), body: { amountCents: 400_000_000 } }),
  "budgets.deletePolicy": async (t) => ({ params: await newPolicy(t) }),
  "budgets.incidents": ofCompany,
  "budgets.resolveIncident": async (t) => ({
    params: { cid: t.cid, id: await newIncident(t) },
    body: { action: "dismiss" },
  }),
  "budgets.setCompany": (t) => ({ ...ofCompany(t), body: { budgetMonthlyCents: 100_000_000 } }),
  "budgets.overview": ofCompany,
};
