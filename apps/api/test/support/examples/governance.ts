import { type CallerName, type Tenant, word } from "../tenant.ts";
import type { ExamplesOf } from "./example.ts";

const ofCompany = (t: Tenant) => ({ params: { cid: t.cid } });
const ofApproval = (t: Tenant) => ({ params: { id: t.ids.approval } });

const freshApproval = async (t: Tenant, as: CallerName) => {
  const body = { type: "request_board_approval", payload: { text: word() } } as const;
  const { id } = await t.clients[as].call("approvals.create", { ...ofCompany(t), body });
  return { params: { id } };
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
  "costs.events": ofCompany,
  "costs.summary": ofCompany,
  "costs.byAgent": ofCompany,
  "costs.byProject": ofCompany,
  "costs.byIssue": ofCompany,
  "budgets.setCompany": (t) => ({ ...ofCompany(t), body: { budgetMonthlyCents: 100_000_000 } }),
  "budgets.overview": ofCompany,
};

export const approvalExamples: ExamplesOf<"approvals"> = {
  "approvals.list": ofCompany,
  "approvals.create": (t) => ({ ...ofCompany(t), body: { type: "approve_ceo_strategy", payload: { plan: word() } } }),
  "approvals.get": ofApproval,
  "approvals.approve": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.reject": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.requestRevision": async (t, as) => ({ ...(await freshApproval(t, as)), body: { decisionNote: word() } }),
  "approvals.resubmit": async (t, as) => {
    const approval = await freshApproval(t, as);
    await t.board.call("approvals.requestRevision", { ...approval, body: {} });
    return { ...approval, body: { payload: { text: word() } } };
  },
  "approvals.comments": ofApproval,
  "approvals.comment": (t) => ({ ...ofApproval(t), body: { body: word() } }),
};
