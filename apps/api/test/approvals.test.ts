import type { Approval } from "@boardroom/contract";
import { behaviours, startAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";

const boardroom = useBoardroom();

/** A company whose agent proposes to hire `name`, and that proposal. */
async function propose(name: string) {
  const company = await boardroom.newCompany({ requireBoardApprovalForNewAgents: true });
  const requester = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.finish(),
    permissions: { canCreateAgents: true },
  });
  const candidate = await startAgent(behaviours.finish());
  const key = await requester.withKey();
  const proposed = await key.call("agents.hire", {
    params: { cid: company.cid },
    body: { name, reportsTo: requester.agent.id, adapterConfig: { url: candidate.url } },
  });
  expect(proposed).toMatchObject({ agent: null, webhookSecret: null, approval: { status: "pending" } });
  if (!proposed.approval) throw new Error("There is no approval");
  return { company, requester, candidate, approval: proposed.approval };
}

const namesOf = async ({ board, cid }: TestCompany) =>
  (await board.call("agents.list", { params: { cid } })).map(({ name }) => name);
const decide = (company: TestCompany, verdict: "approve" | "reject", { id }: Approval, decisionNote?: string) =>
  company.board.call(`approvals.${verdict}`, { params: { id }, body: { decisionNote } });

it("a proposed hire waits; approving it makes an agent that works, shows its secret once and wakes the requester", async () => {
  const { company, requester, candidate, approval } = await propose("Bea Builder");
  const { board, cid } = company;
  expect(await namesOf(company)).not.toContain("Bea Builder");
  expect(await board.call("approvals.list", { params: { cid }, query: { status: "pending" } })).toMatchObject([
    { id: approval.id, type: "hire_agent", requestedByAgentId: requester.agent.id },
  ]);
  expect(await board.call("companies.badges", { params: { cid } })).toMatchObject({ approvals: 1 });

  const decided = await board.call("approvals.approve", {
    params: { id: approval.id },
    body: { decisionNote: "Go ahead" },
  });
  expect(decided).toMatchObject({ status: "approved", webhookSecret: expect.stringMatching(/^whsec_/) });
  const woken = await requester.server.webhook();
  expect(woken.payload.data).toMatchObject({
    wakeReason: "approval_decided",
    context: { approvalId: approval.id, approvalStatus: "approved", decisionNote: "Go ahead" },
  });
  const seenAgain = await board.call("approvals.get", { params: { id: approval.id } });
  expect(JSON.stringify(seenAgain)).not.toContain("whsec_");

  expect(await namesOf(company)).toContain("Bea Builder");
  candidate.trust(decided.webhookSecret ?? "");
  const hiredId = decided.agentId ?? "";
  await board.call("agents.invoke", { params: { id: hiredId }, body: {} });
  expect((await candidate.webhook()).payload.data.agentId).toBe(hiredId);
  await candidate.stop();
});

it("rejecting a proposed hire makes no agent and wakes the requester with the note", async () => {
  const { company, requester, candidate, approval } = await propose("Cara Costly");
  expect(await decide(company, "reject", approval, "Too early")).toMatchObject({ status: "rejected" });
  expect((await requester.server.webhook()).payload.data).toMatchObject({
    wakeReason: "approval_decided",
    context: { approvalStatus: "rejected", decisionNote: "Too early" },
  });
  expect(await namesOf(company)).not.toContain("Cara Costly");
  const late = await refusalOf(decide(company, "approve", approval));
  expect([late.status, late.code]).toEqual([409, "stale_state"]);
  expect(await namesOf(company)).not.toContain("Cara Costly");
  await candidate.stop();
});

it("of two approvals at once one hires and the other gets 409 with who decided", async () => {
  const { company, requester, candidate, approval } = await propose("Dan Double");
  const outcomes = await Promise.allSettled([
    decide(company, "approve", approval),
    decide(company, "approve", approval),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = await refusalOf(decide(company, "reject", approval));
  expect(refused.status).toBe(409);
  expect(refused.details).toMatchObject({ status: "approved", decidedByUserId: expect.any(String) });
  const hired = (await namesOf(company)).filter((name) => name === "Dan Double");
  expect(hired).toHaveLength(1);
  await requester.server.webhook();
  const wakes = await company.board.call("agents.wakes", { params: { id: requester.agent.id } });
  expect(wakes.filter(({ reason }) => reason === "approval_decided")).toHaveLength(1);
  await candidate.stop();
});

it("an agent can't decide its own proposal", async () => {
  const { company, requester, candidate, approval } = await propose("Eve Eager");
  const key = await requester.withKey();
  const refused = await refusalOf(key.call("approvals.approve", { params: { id: approval.id }, body: {} }));
  expect(refused.status).toBe(403);
  expect(await namesOf(company)).not.toContain("Eve Eager");
  await candidate.stop();
});
