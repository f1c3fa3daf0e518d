import {
  type AgentDraft,
  approvalComment,
  approval as approvalEntity,
  decidedApproval,
  hireOutcome,
} from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { listActivity } from "../activity/index.ts";
import { hireAgent, listAgents, pauseAgent, terminateAgent } from "../agents/index.ts";
import { archiveCompany } from "../companies/index.ts";
import * as approvals from "./index.ts";

const db = useDomainDatabase();

/** A tenant with an agent that proposes to hire somebody. */
async function propose(fields: Partial<AgentDraft> = {}, company = {}) {
  const tenant = await db.newTenant(company);
  const ada = await hireAgent(tenant.board, draftOf("Ada"));
  const asAda = tenant.asAgent(ada);
  const outcome = await approvals.proposeHire(asAda, { ...draftOf("Bob"), ...fields });
  return { tenant, board: tenant.board, ada, asAda, outcome, id: outcome.approval?.id ?? "" };
}
const names = async (tenant: Tenant) =>
  (await listAgents(tenant.board, { limit: 50 })).items.map(({ name }) => name).sort();
const wakesOf = async (agentId: string) =>
  (await db.owner.query("select reason, source, payload, status from wakes where agent_id = $1 order by id", [agentId]))
    .rows;

describe("proposing a hire", () => {
  it("waits for the board as a pending approval, in one request", async () => {
    const { tenant, outcome, ada } = await propose();
    expect(hireOutcome.parse(outcome)).toMatchObject({
      agent: null,
      webhookSecret: null,
      approval: { type: "hire_agent", status: "pending", requestedByAgentId: ada.id, requestedByUserId: null },
    });
    expect(outcome.approval?.payload).toMatchObject({
      name: "Bob",
      urlKey: "bob",
      permissions: { canCreateAgents: false },
    });
    expect(await names(tenant)).toEqual(["Ada"]);
    expect(await db.countRequests(() => approvals.proposeHire(tenant.board, draftOf("Cleo")))).toBe(1);
    const { items } = await listActivity(tenant.board, { limit: 1, cursor: undefined, action: "approval." });
    expect(items[0]).toMatchObject({ action: "approval.requested", entityType: "approval", details: { name: "Cleo" } });
  });

  it("hires at once where the company lets it through and the proposer may hire", async () => {
    const open = { requireBoardApprovalForNewAgents: false };
    const { tenant, outcome, asAda } = await propose({}, open);
    expect(outcome.agent).toBeNull();
    await db.owner.query(`update agents set permissions = '{"canCreateAgents": true}' where id = $1`, [
      asAda.actor.agentId,
    ]);
    const byAgent = hireOutcome.parse(await approvals.proposeHire(asAda, draftOf("Cleo")));
    expect(byAgent).toMatchObject({ approval: null, agent: { name: "Cleo", status: "idle", spentMonthlyCents: 0 } });
    expect(byAgent.webhookSecret).toMatch(/^whsec_/);
    expect((await approvals.proposeHire(tenant.board, draftOf("Dora"))).agent?.name).toBe("Dora");
    const operator = await tenant.member("operator");
    expect((await approvals.proposeHire(operator, draftOf("Eve"))).approval?.status).toBe("pending");
    expect(await names(tenant)).toEqual(["Ada", "Cleo", "Dora"]);
  });

  it("answers a retry with the same key the same way, without the secret", async () => {
    const { board } = await db.newTenant({ requireBoardApprovalForNewAgents: false });
    const once = { ...board, idempotency: { key: "k", operation: "agents.hire", bodyHash: "h" } };
    const first = await approvals.proposeHire(once, draftOf("Ada"));
    expect(await approvals.proposeHire(once, draftOf("Ada"))).toEqual({ ...first, webhookSecret: null });
  });

  it("answers a retry with the approval even when it was approved meanwhile", async () => {
    const tenant = await db.newTenant();
    const asAda = tenant.asAgent(await hireAgent(tenant.board, draftOf("Ada")));
    const once = { ...asAda, idempotency: { key: "k", operation: "agents.hire", bodyHash: "h" } };
    const first = await approvals.proposeHire(once, draftOf("Bob"));
    await approvals.approveApproval(tenant.board, { id: first.approval?.id ?? "" });
    expect(await approvals.proposeHire(once, draftOf("Bob"))).toEqual(first);
    await expect(approvals.proposeHire(asAda, draftOf("Bob"))).rejects.toMatchObject({ code: "already_exists" });
  });

  it("refuses what could never be approved: taken names, foreign managers and issues, unsafe URLs", async () => {
    const { asAda, ada } = await propose();
    const other = await db.newTenant();
    const stranger = await hireAgent(other.board, draftOf("Stranger"));
    const refused = (fields: object, code: string) =>
      expect(approvals.proposeHire(asAda, { ...draftOf("Cleo"), ...fields })).rejects.toMatchObject({ code });
    await refused({ name: ada.name }, "already_exists");
    await refused({ reportsTo: stranger.id }, "invalid_reference");
    await refused({ sourceIssueId: stranger.id }, "invalid_reference");
    await refused({ adapterConfig: { url: "http://169.254.169.254/", timeoutSec: 5 } }, "unsafe_url");
  });
});

describe("deciding", () => {
  it("hires once when two approvers click at the same time, and tells the other who was first", async () => {
    const { tenant, board, id, ada } = await propose();
    const second = await tenant.member("admin", "Alan Admin");
    const clicks = await Promise.allSettled(
      [board, second, board, second].map((ctx) => approvals.approveApproval(ctx, { id, decisionNote: "Yes" })),
    );
    const done = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value] : []));
    const refused = clicks.flatMap((click) => (click.status === "rejected" ? [click.reason] : []));
    expect(done).toHaveLength(1);
    const [decided] = decidedApproval.array().parse(done);
    expect(decided).toMatchObject({ status: "approved", decisionNote: "Yes" });
    expect(decided?.webhookSecret).toMatch(/^whsec_/);
    for (const error of refused) {
      expect(error).toMatchObject({
        code: "stale_state",
        details: { status: "approved", decidedByUserId: decided?.decidedByUserId },
      });
      expect(error.message).toMatch(/approved by (Olga Owner|Alan Admin) already/);
    }
    expect(await names(tenant)).toEqual(["Ada", "Bob"]);
    expect(await wakesOf(ada.id)).toEqual([
      {
        reason: "approval_decided",
        source: "automation",
        status: "open",
        payload: { approvalId: id, approvalStatus: "approved", decisionNote: "Yes" },
      },
    ]);
    expect(tenant.ports.dispatched).toHaveLength(1);
  });

  it("approves in one request, which makes the agent's secret, timer and log", async () => {
    const heartbeat = {
      enabled: true,
      intervalSec: 60,
      wakeOnDemand: true,
      maxConcurrentRuns: 1,
      timeoutSec: 3600,
      maxRunsPerDay: null,
      maxCostPerDayCents: null,
    };
    const { tenant, board, id } = await propose({ runtimeConfig: { heartbeat } });
    let decided: Awaited<ReturnType<typeof approvals.approveApproval>> | undefined;
    const requests = await db.countRequests(async () => {
      decided = await approvals.approveApproval(board, { id });
    });
    expect(requests).toBe(1);
    const { rows } = await db.owner.query(
      "select s.sealed, t.enabled from agent_webhook_secrets s join agent_schedules t using (agent_id) where agent_id = $1",
      [decided?.agentId],
    );
    expect(rows).toMatchObject([{ enabled: true }]);
    expect(await tenant.ports.secrets.open(rows[0].sealed, `agent-webhook:${tenant.companyId}`)).toBe(
      decided?.webhookSecret,
    );
    const { items } = await listActivity(board, { limit: 2 });
    expect(items.map(({ action }) => action).sort()).toEqual(["agent.hired", "approval.approved"]);
  });

  it("rejects without hiring, wakes the requester with the note, and stays rejected", async () => {
    const { tenant, board, id, ada } = await propose();
    const rejected = approvalEntity.parse(await approvals.rejectApproval(board, { id, decisionNote: "Too early" }));
    expect(rejected).toMatchObject({ status: "rejected", decisionNote: "Too early", decidedByUserId: tenant.ownerId });
    expect(await names(tenant)).toEqual(["Ada"]);
    expect(await wakesOf(ada.id)).toMatchObject([
      { payload: { approvalStatus: "rejected", decisionNote: "Too early" } },
    ]);
    await expect(approvals.approveApproval(board, { id })).rejects.toMatchObject({ code: "stale_state" });
  });

  it("stays pending when the hire can't be done any more, and says why", async () => {
    const { board, id, tenant, ada } = await propose();
    await hireAgent(board, draftOf("Bob"));
    await expect(approvals.approveApproval(board, { id })).rejects.toMatchObject({ code: "already_exists" });
    const below = await approvals.proposeHire(board, draftOf("Cleo", { reportsTo: ada.id }));
    await terminateAgent(board, { id: ada.id });
    await expect(approvals.approveApproval(board, { id: below.approval?.id ?? "" })).rejects.toThrow(
      "The manager was terminated",
    );
    await archiveCompany(board);
    await expect(approvals.approveApproval(board, { id: below.approval?.id ?? "" })).rejects.toMatchObject({
      code: "company_not_active",
    });
    const { items } = await approvals.listApprovals(tenant.board, { limit: 10, status: "pending" });
    expect(items).toHaveLength(2);
  });

  it("leaves a paused requester asleep", async () => {
    const { board, id, ada, tenant } = await propose();
    await pauseAgent(board, { id: ada.id });
    await approvals.rejectApproval(board, { id });
    expect(await wakesOf(ada.id)).toMatchObject([{ status: "skipped", reason: "approval_decided" }]);
    expect(tenant.ports.dispatched).toEqual([]);
  });
});

describe("revising", () => {
  it("goes back to the requester, comes again changed, and hires what was changed", async () => {
    const { tenant, board, asAda, id } = await propose();
    await expect(approvals.resubmitApproval(asAda, { id })).rejects.toMatchObject({ code: "stale_state" });
    await approvals.requestRevision(board, { id, decisionNote: "Cheaper" });
    const { payload } = await approvals.getApproval(board, { id });
    const again = await approvals.resubmitApproval(asAda, {
      id,
      payload: { ...payload, name: "Bob Budget", budgetMonthlyCents: 500 },
    });
    expect(again).toMatchObject({
      status: "pending",
      decidedAt: null,
      payload: { urlKey: "bob-budget", budgetMonthlyCents: 500 },
    });
    await approvals.approveApproval(board, { id });
    expect(await names(tenant)).toEqual(["Ada", "Bob Budget"]);
  });

  it("refuses another agent, a payload that is no draft, and an unsafe address", async () => {
    const { tenant, board, asAda, id } = await propose();
    await approvals.requestRevision(board, { id });
    const eve = tenant.asAgent(await hireAgent(board, draftOf("Eve")));
    await expect(approvals.resubmitApproval(eve, { id })).rejects.toMatchObject({ code: "forbidden" });
    await expect(approvals.resubmitApproval(asAda, { id, payload: { name: "x" } })).rejects.toMatchObject({
      code: "invalid_request",
    });
    const payload = { ...draftOf("Bob", { adapterConfig: { url: "http://localhost/" } }) };
    await expect(approvals.resubmitApproval(asAda, { id, payload })).rejects.toMatchObject({ code: "unsafe_url" });
    expect((await approvals.resubmitApproval(board, { id })).status).toBe("pending");
  });
});

it("asks for other decisions, with any payload, and wakes an agent that asked", async () => {
  const { board, asAda, ada } = await propose();
  const plan = await approvals.createApproval(asAda, { type: "approve_ceo_strategy", payload: { plan: "Grow" } });
  expect(approvalEntity.parse(plan)).toMatchObject({ status: "pending", payload: { plan: "Grow" } });
  const decided = await approvals.approveApproval(board, { id: plan.id });
  expect(decided).toMatchObject({ status: "approved", agentId: null, webhookSecret: null });
  expect(await wakesOf(ada.id)).toHaveLength(1);
  const { items } = await approvals.listApprovals(board, { limit: 10, type: "approve_ceo_strategy" });
  expect(items.map(({ id }) => id)).toEqual([plan.id]);
});

it("keeps comments with their authors, newest first", async () => {
  const { board, asAda, id } = await propose();
  await approvals.addApprovalComment(asAda, { id, body: "Bob is good." });
  await approvals.addApprovalComment(board, { id, body: "How much?" });
  const { items } = await approvals.listApprovalComments(board, { id, limit: 10 });
  expect(
    approvalComment
      .array()
      .parse(items)
      .map(({ authorName, body }) => `${authorName}: ${body}`),
  ).toEqual(["Olga Owner: How much?", "Ada: Bob is good."]);
});

it("hides another company's approval from every verb", async () => {
  const { id } = await propose();
  const { board } = await db.newTenant();
  const verbs = [
    () => approvals.getApproval(board, { id }),
    () => approvals.approveApproval(board, { id }),
    () => approvals.rejectApproval(board, { id }),
    () => approvals.requestRevision(board, { id }),
    () => approvals.resubmitApproval(board, { id }),
    () => approvals.addApprovalComment(board, { id, body: "x" }),
    () => approvals.listApprovalComments(board, { id, limit: 10 }),
  ];
  for (const verb of verbs) await expect(verb()).rejects.toMatchObject({ code: "not_found" });
});
