import type { BoardroomClient } from "@boardroom/contract";
import type { TestCompany, TestPerson } from "@boardroom/testing";
import { planOf, tasksOf } from "./paper-board-words.ts";

export interface PaperDecisions {
  /** Waits for a second vote, was sent back once, and was talked about. */
  pendingId: string;
  decidedId: string;
  /** Approved, and can still be taken back. */
  graceId: string;
  rejectedId: string;
  planId: string;
  approvedPlanId: string;
  questionId: string;
}

interface Asking {
  company: TestCompany;
  admin: TestPerson;
  /** The agent that asks, and the issue that it asks about. */
  agent: BoardroomClient;
  issueId: string;
}

/** Decisions in every state that a page shows. */
export async function addDecisions(asking: Asking): Promise<PaperDecisions> {
  const { company, agent } = asking;
  await setPolicies(company);
  const pendingId = await askTwice(asking);
  const decided = await request(asking, "Sign the lease of the second store room", "Twelve months, $180 each.");
  await vote(asking, decided);
  const graceId = await askBudget(asking);
  const rejected = await agent.call("approvals.create", {
    params: { cid: company.cid },
    body: { type: "budget_override_required", payload: { title: "Another $500 for adverts", amountCents: 50_000 } },
  });
  await company.board.call("approvals.reject", {
    params: { id: rejected.id },
    body: { decisionNote: "Not before the catalogue is out." },
  });
  const approvedPlanId = await propose(asking, { ...planOf, title: "First month" });
  await company.board.call("approvals.approve", {
    params: { id: approvedPlanId },
    body: { selection: { agents: ["buyer"], issues: ["quotes"] } },
  });
  const planId = await propose(asking, planOf);
  const questionId = await askQuestions(asking);
  const later = await request(asking, "Order business cards", "500 of them.");
  await company.board.call("decisions.snooze", {
    params: { cid: company.cid, kind: "approval", did: later },
    body: { until: new Date(Date.now() + 86_400_000).toISOString() },
  });
  return { pendingId, decidedId: decided, graceId, rejectedId: rejected.id, planId, approvedPlanId, questionId };
}

async function setPolicies({ board, cid }: TestCompany): Promise<void> {
  const rule = { quorum: 2, graceSeconds: 0, escalateAfterSec: 86_400, expiresAfterSec: 604_800 };
  await board.call("decisionPolicies.set", {
    params: { cid, type: "request_board_approval" },
    body: { ...rule, minimumRole: "admin" },
  });
  await board.call("decisionPolicies.set", {
    params: { cid, type: "budget_override_required" },
    body: { ...rule, quorum: 1, minimumRole: "admin", graceSeconds: 3600 },
  });
}

async function request({ company, agent, issueId }: Asking, title: string, reason: string): Promise<string> {
  const { id } = await agent.call("approvals.create", {
    params: { cid: company.cid },
    body: {
      type: "request_board_approval",
      payload: { title, reason, estimatedCostCents: 216_000 },
      issueIds: [issueId],
    },
  });
  return id;
}

async function askTwice(asking: Asking): Promise<string> {
  const { company, admin, agent } = asking;
  const id = await request(asking, "Order 2,400 sheets of cover card", "Two quotes; the dearer one comes in week 8.");
  const params = { id };
  await company.board.call("approvals.requestRevision", {
    params,
    body: { decisionNote: "Name the cheaper one, too." },
  });
  await agent.call("approvals.resubmit", {
    params,
    body: {
      payload: {
        title: "Order 2,400 sheets of cover card from Ravier",
        reason: "Ravier asks $1,980 and comes in week 9, Dauphin $2,160 and comes in week 8.",
        estimatedCostCents: 198_000,
      },
    },
  });
  await company.board.call("approvals.comment", { params, body: { body: "Week 9 is early enough for me." } });
  await admin.board.call("approvals.approve", { params, body: {} });
  return id;
}

async function vote({ company, admin }: Asking, id: string): Promise<void> {
  for (const { call } of [company.board, admin.board]) await call("approvals.approve", { params: { id }, body: {} });
}

async function askBudget({ company, agent }: Asking): Promise<string> {
  const { id } = await agent.call("approvals.create", {
    params: { cid: company.cid },
    body: { type: "budget_override_required", payload: { title: "Express delivery of the proofs", amountCents: 4500 } },
  });
  await company.board.call("approvals.approve", { params: { id }, body: { decisionNote: "Only this once." } });
  return id;
}

async function propose({ company, agent }: Asking, payload: Record<string, unknown>): Promise<string> {
  const { id } = await agent.call("approvals.create", {
    params: { cid: company.cid },
    body: { type: "approve_ceo_strategy", payload },
  });
  return id;
}

/** A question of each kind, and one that was answered. */
async function askQuestions({ company, agent, issueId }: Asking): Promise<string> {
  const params = { id: issueId };
  const ask = (kind: Parameters<typeof agent.call<"interactions.create">>[1]["body"]["kind"], payload: object) =>
    agent.call("interactions.create", { params, body: { kind, payload: { version: 1, ...payload } } });
  await ask("suggest_tasks", { prompt: "How I would split the rest", tasks: tasksOf });
  await ask("request_checkbox_confirmation", {
    prompt: "Which towns may I add?",
    items: ["Villeurbanne", "Saint-Étienne", "Vienne and everything along the river down to Valence"].map(
      (label, at) => ({ id: `town-${at}`, label, checked: at === 0 }),
    ),
    acceptLabel: "Add these",
  });
  const asked = await ask("ask_user_questions", {
    questions: [
      {
        id: "size",
        prompt: "Which shops count?",
        selectionMode: "single",
        options: [
          { id: "small", label: "Up to three people", description: "About forty around Lyon." },
          { id: "all", label: "All that sell paper", description: "About two hundred." },
        ],
      },
      {
        id: "extras",
        prompt: "What else shall I note?",
        selectionMode: "multi",
        required: false,
        options: [
          { id: "hours", label: "Opening hours" },
          { id: "stock", label: "What they stock" },
        ],
      },
    ],
  });
  const answered = await ask("request_confirmation", { prompt: "May I call the shops that have no website?" });
  await company.board.call("interactions.accept", {
    params: { id: issueId, iid: answered.id },
    body: { note: "In the morning only." },
  });
  return asked.id;
}
