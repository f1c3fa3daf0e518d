import { approvalReceipt, decidedApproval, decisionPolicy, shownApproval } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { listActivity } from "../activity/index.ts";
import { hireAgent, listAgents } from "../agents/index.ts";
import { listDecisionPolicies, listDecisions, setDecisionPolicy } from "../decisions/index.ts";
import { createIssue } from "../issues/index.ts";
import * as approvals from "./index.ts";

const db = useDomainDatabase();
const defaults = {
  quorum: 1,
  minimumRole: "admin",
  graceSeconds: 0,
  escalateAfterSec: null,
  expiresAfterSec: null,
} as const;

/** A proposed hire in a company with these rules. */
async function propose(rules: Partial<Parameters<typeof setDecisionPolicy>[1]> = {}) {
  const tenant = await db.newTenant();
  await setDecisionPolicy(tenant.board, { type: "hire_agent", ...defaults, ...rules });
  const ada = await hireAgent(tenant.board, draftOf("Ada"));
  const asAda = tenant.asAgent(ada);
  const { approval } = await approvals.proposeHire(asAda, draftOf("Bob"));
  return { tenant, board: tenant.board, ada, asAda, id: approval?.id ?? "" };
}
const names = async (tenant: Tenant) =>
  (await listAgents(tenant.board, { limit: 50 })).items.map(({ name }) => name).sort();
const toldOf = async (agentId: string) =>
  (await db.owner.query("select payload from wakes where agent_id = $1 order by id", [agentId])).rows.map(
    ({ payload }) => payload,
  );
const actionsOf = async (tenant: Tenant) =>
  (await listActivity(tenant.board, { limit: 50, cursor: undefined, action: "approval." })).items
    .map(({ action }) => action)
    .reverse();
const age = (id: string, seconds: number) =>
  db.owner.query(
    "update approvals set pending_since = pending_since - make_interval(secs => $2), effect_at = effect_at - make_interval(secs => $2) where id = $1",
    [id, seconds],
  );
const settle = (tenant: Tenant) => approvals.settleApprovals(db.database.system("tick"), () => tenant.board);

describe("quorum", () => {
  it("decides with the last vote that it takes, in that vote's own statement", async () => {
    const { tenant, board, id, ada } = await propose({ quorum: 2 });
    const alan = await tenant.member("admin", "Alan Admin");
    const first = await approvals.approveApproval(board, { id, decisionNote: "Good" });
    expect(decidedApproval.parse(first)).toMatchObject({ status: "pending", agentId: null });
    expect(await names(tenant)).toEqual(["Ada"]);
    const shown = shownApproval.parse(await approvals.getApproval(board, { id }));
    expect(shown).toMatchObject({ quorum: 2, votes: [{ userName: "Olga Owner", approves: true, note: "Good" }] });
    const last = await approvals.approveApproval(alan, { id });
    expect(last).toMatchObject({ status: "approved", decidedByUserId: alan.actor.id });
    expect(await names(tenant)).toEqual(["Ada", "Bob"]);
    expect(await toldOf(ada.id)).toHaveLength(1);
    expect(await actionsOf(tenant)).toEqual(["approval.requested", "approval.voted", "approval.approved"]);
  });

  it("hires once whatever voters do at the same time, twice each", async () => {
    const { tenant, board, id } = await propose({ quorum: 3 });
    const voters = [board, ...(await Promise.all([1, 2, 3, 4].map((n) => tenant.member("admin", `Admin ${n}`))))];
    const clicks = await Promise.allSettled(
      [...voters, ...voters].map((voter) => approvals.approveApproval(voter, { id })),
    );
    const decided = clicks.flatMap((click) => (click.status === "fulfilled" ? [click.value] : []));
    expect(decided.filter(({ status }) => status === "approved")).toHaveLength(1);
    for (const click of clicks) {
      if (click.status === "rejected") expect(click.reason).toMatchObject({ code: "stale_state" });
    }
    expect(await names(tenant)).toEqual(["Ada", "Bob"]);
    const { votes } = await approvals.getApproval(board, { id });
    expect(votes).toHaveLength(3);
  });

  it("counts a changed vote once, and no vote of who may not vote any more", async () => {
    const { tenant, board, id } = await propose({ quorum: 2 });
    const [alan, amy] = [await tenant.member("admin", "Alan"), await tenant.member("admin", "Amy")];
    await approvals.approveApproval(alan, { id });
    await approvals.approveApproval(alan, { id });
    expect((await approvals.rejectApproval(alan, { id })).status).toBe("pending");
    expect((await approvals.approveApproval(amy, { id })).status).toBe("pending");
    await db.owner.query("update memberships set role = 'viewer' where user_id = $1", [amy.actor.id]);
    expect((await approvals.approveApproval(board, { id })).status).toBe("pending");
    expect((await approvals.approveApproval(alan, { id })).status).toBe("approved");
  });

  it("is rejected once it can't be approved any more", async () => {
    const { tenant, board, id } = await propose({ quorum: 2 });
    await tenant.member("viewer", "Vera");
    const alan = await tenant.member("admin", "Alan");
    expect((await approvals.rejectApproval(alan, { id, decisionNote: "No" })).status).toBe("rejected");
    await expect(approvals.approveApproval(board, { id })).rejects.toMatchObject({ code: "stale_state" });
  });

  it("asks the role that the company set, and others than who asks when it takes several", async () => {
    const { tenant, board, id } = await propose({ minimumRole: "owner" });
    const alan = await tenant.member("admin", "Alan");
    await expect(approvals.approveApproval(alan, { id })).rejects.toMatchObject({
      code: "forbidden",
      details: { minimumRole: "owner" },
    });
    await expect(approvals.requestRevision(alan, { id })).rejects.toMatchObject({ code: "forbidden" });
    await setDecisionPolicy(board, { type: "request_board_approval", ...defaults, quorum: 2, minimumRole: "operator" });
    const oscar = await tenant.member("operator", "Oscar");
    const own = await approvals.createApproval(oscar, { type: "request_board_approval", payload: {} });
    await expect(approvals.approveApproval(oscar, { id: own.id })).rejects.toMatchObject({ code: "forbidden" });
    await approvals.approveApproval(alan, { id: own.id });
    expect((await approvals.approveApproval(board, { id: own.id })).status).toBe("approved");
  });

  it("refuses a vote on what has changed since, and one for other parts of it doesn't add up", async () => {
    const { tenant, board, asAda, id } = await propose({ quorum: 2 });
    const alan = await tenant.member("admin", "Alan");
    const amy = await tenant.member("admin", "Amy");
    await approvals.requestRevision(board, { id, decisionNote: "Cheaper" });
    await approvals.resubmitApproval(asAda, { id, payload: { ...draftOf("Bob Budget") } });
    await expect(approvals.approveApproval(alan, { id, payloadVersion: 1 })).rejects.toMatchObject({
      code: "stale_state",
    });
    await approvals.approveApproval(alan, { id, payloadVersion: 2, selection: { agents: ["a"], issues: [] } });
    const other = { agents: ["b"], issues: [] };
    expect((await approvals.approveApproval(amy, { id, selection: other })).status).toBe("pending");
    expect((await approvals.approveApproval(board, { id, selection: other })).status).toBe("approved");
  });
});

describe("grace", () => {
  it("approves at once and takes effect once, after the window; until then it can be undone", async () => {
    const { tenant, board, id, ada } = await propose({ graceSeconds: 60 });
    const approved = await approvals.approveApproval(board, { id, decisionNote: "Yes" });
    expect(approved).toMatchObject({ status: "approved", effectedAt: null, agentId: null });
    expect(tenant.ports.toClose).toMatchObject([{ approvalId: id }]);
    expect(await approvals.closeGrace(board, id)).toBe(false);
    expect(await names(tenant)).toEqual(["Ada"]);
    expect(await toldOf(ada.id)).toEqual([]);
    expect(await approvals.undoApproval(board, { id })).toMatchObject({ status: "pending", effectAt: null });
    expect(await toldOf(ada.id)).toMatchObject([{ approvalStatus: "pending", outcome: "undone" }]);

    await approvals.approveApproval(board, { id, decisionNote: "Yes after all" });
    await age(id, 61);
    const closes = await Promise.all([1, 2, 3, 4].map(() => approvals.closeGrace(board, id)));
    expect(closes.filter(Boolean)).toHaveLength(1);
    expect(await settle(tenant)).toBe(0);
    expect(await names(tenant)).toEqual(["Ada", "Bob"]);
    expect((await toldOf(ada.id)).at(-1)).toMatchObject({
      approvalStatus: "approved",
      decisionNote: "Yes after all",
    });
    await expect(approvals.undoApproval(board, { id })).rejects.toThrow("took effect already");
  });

  it("either is undone or takes effect when both come at once", async () => {
    const { tenant, board, id } = await propose({ graceSeconds: 60 });
    await approvals.approveApproval(board, { id });
    await age(id, 59.9);
    const [undone, closed] = await Promise.all([
      approvals.undoApproval(board, { id }).then(
        () => true,
        () => false,
      ),
      expect
        .poll(() => settle(tenant).then(() => approvals.getApproval(board, { id })))
        .toSatisfy(({ status, effectedAt }) => status === "pending" || effectedAt !== null),
    ]).then(async ([first]) => [first, (await names(tenant)).includes("Bob")]);
    expect(undone).toBe(!closed);
  });

  it("waits for the board again, with the reason, when it can't be done any more", async () => {
    const { tenant, board, id, ada } = await propose({ graceSeconds: 60 });
    await approvals.approveApproval(board, { id });
    await hireAgent(board, draftOf("Bob"));
    await age(id, 61);
    expect(await settle(tenant)).toBe(1);
    expect(await approvals.getApproval(board, { id })).toMatchObject({
      status: "pending",
      effectProblem: expect.stringContaining("already"),
      votes: [],
    });
    expect((await toldOf(ada.id)).at(-1)).toMatchObject({ outcome: "not_done" });
  });
});

describe("time", () => {
  it("escalates once what waits too long, and cancels what nobody answered; who asked learns it", async () => {
    const { tenant, board, id, ada } = await propose({ escalateAfterSec: 60, expiresAfterSec: 120 });
    expect(await settle(tenant)).toBe(0);
    await age(id, 61);
    expect([await settle(tenant), await settle(tenant)]).toEqual([1, 0]);
    expect((await approvals.getApproval(board, { id })).escalatedAt).not.toBeNull();
    await age(id, 60);
    expect(await settle(tenant)).toBe(1);
    expect(await approvals.getApproval(board, { id })).toMatchObject({ status: "cancelled", decidedByUserId: null });
    expect(await toldOf(ada.id)).toMatchObject([{ approvalStatus: "cancelled", outcome: "expired" }]);
    expect(await actionsOf(tenant)).toEqual(["approval.requested", "approval.escalated", "approval.expired"]);
  });

  it("shows the rules of every type, and counts who may vote", async () => {
    const tenant = await db.newTenant();
    await tenant.member("operator");
    const listed = decisionPolicy.array().parse(await listDecisionPolicies(tenant.board));
    expect(listed).toHaveLength(4);
    expect(listed[0]).toMatchObject({ type: "hire_agent", quorum: 1, eligibleMembers: 1, isDefault: true });
    await setDecisionPolicy(tenant.board, { type: "hire_agent", ...defaults, minimumRole: "operator" });
    expect((await listDecisionPolicies(tenant.board))[0]).toMatchObject({ eligibleMembers: 2, isDefault: false });
  });
});

it("waits in the queue once, by the rules of its own type, whatever the company said of others", async () => {
  const { board, id } = await propose({ minimumRole: "owner" });
  for (const type of ["request_board_approval", "budget_override_required"] as const) {
    await setDecisionPolicy(board, { type, ...defaults, minimumRole: "operator" });
  }
  const queue = await listDecisions(board, { snoozed: false, limit: 10 });
  expect(queue).toMatchObject([{ kind: "approval", id, minimumRole: "owner" }]);
});

it("says to each whether they may decide: by role, not about what one asked for oneself, and while it waits", async () => {
  const { tenant, board, id, asAda } = await propose({ quorum: 2, minimumRole: "admin" });
  const operator = await tenant.member("operator");
  const mayDecide = async (as: typeof board, of = id) => (await approvals.getApproval(as, { id: of })).mayDecide;
  expect([await mayDecide(board), await mayDecide(operator), await mayDecide(asAda)]).toEqual([true, false, false]);
  await setDecisionPolicy(board, { type: "request_board_approval", ...defaults, quorum: 2 });
  const own = await approvals.createApproval(board, { type: "request_board_approval", payload: { title: "Ink?" } });
  expect(await mayDecide(board, own.id)).toBe(false);
  await approvals.cancelApproval(asAda, { id });
  expect(await mayDecide(board)).toBe(false);
});

it("is withdrawn by who asked and by admins, by nobody else", async () => {
  const { tenant, asAda, id } = await propose();
  const eve = tenant.asAgent(await hireAgent(tenant.board, draftOf("Eve")));
  const oscar = await tenant.member("operator");
  await expect(approvals.cancelApproval(eve, { id })).rejects.toMatchObject({ code: "forbidden" });
  await expect(approvals.cancelApproval(oscar, { id })).rejects.toMatchObject({ code: "forbidden" });
  expect(await approvals.cancelApproval(asAda, { id, decisionNote: "Not needed" })).toMatchObject({
    status: "cancelled",
  });
  await expect(approvals.cancelApproval(asAda, { id })).rejects.toMatchObject({ code: "stale_state" });
});

it("keeps the payloads that resubmissions replaced, with the notes that asked for it", async () => {
  const { board, asAda, id } = await propose();
  for (const name of ["Bob Two", "Bob Three"]) {
    await approvals.requestRevision(board, { id, decisionNote: `Not ${name}?` });
    await approvals.resubmitApproval(asAda, { id, payload: { ...draftOf(name) } });
  }
  const { items } = await approvals.listApprovalRevisions(board, { id, limit: 10 });
  expect(items.map(({ version, payload, note }) => [version, payload.name, note])).toEqual([
    [2, "Bob Two", "Not Bob Three?"],
    [1, "Bob", "Not Bob Two?"],
  ]);
  expect(await approvals.getApproval(board, { id })).toMatchObject({
    payloadVersion: 3,
    payload: { name: "Bob Three" },
  });
});

it("is about issues, named when asking or later, and tells them to who asked", async () => {
  const { board, asAda, ada, id } = await propose();
  const issue = await createIssue(board, { title: "Grow" });
  const other = await db.newTenant();
  const foreign = await createIssue(other.board, { title: "Foreign" });
  const linked = await approvals.linkIssueApproval(asAda, { id: issue.identifier, approvalId: id });
  expect(linked.id).toBe(id);
  await approvals.linkIssueApproval(asAda, { id: issue.id, approvalId: id });
  const asked = { type: "request_board_approval", payload: {} } as const;
  const direct = await approvals.createApproval(asAda, { ...asked, issueIds: [issue.id] });
  await expect(approvals.createApproval(asAda, { ...asked, issueIds: [foreign.id] })).rejects.toMatchObject({
    code: "invalid_reference",
  });
  const { items } = await approvals.listIssueApprovals(board, { id: issue.id, limit: 10 });
  expect(items.map((each) => each.id)).toEqual([direct.id, id]);
  expect((await approvals.listApprovalIssues(board, { id, limit: 10 })).items).toMatchObject([{ id: issue.id }]);
  await approvals.rejectApproval(board, { id });
  expect(await toldOf(ada.id)).toMatchObject([{ linkedIssueIds: [issue.id] }]);
  await approvals.unlinkIssueApproval(asAda, { id: issue.id, aid: id });
  await expect(approvals.unlinkIssueApproval(asAda, { id: issue.id, aid: id })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(approvals.listIssueApprovals(board, { id: foreign.id, limit: 10 })).rejects.toMatchObject({
    code: "not_found",
  });
});

it("gives a receipt of a final decision only, kept as it was signed", async () => {
  const { tenant, board, id } = await propose();
  await expect(approvals.readReceipt(board, { id })).rejects.toMatchObject({ code: "stale_state" });
  await approvals.approveApproval(board, { id, decisionNote: "Yes" });
  expect(tenant.ports.toKeep).toEqual([id]);
  const unstored = approvalReceipt.parse(await approvals.readReceipt(board, { id }));
  expect(unstored.claims).toMatchObject({ decision: "approved", deciders: [tenant.ownerId], approvalId: id });
  await approvals.keepReceipt(board, id);
  await approvals.keepReceipt(board, id);
  expect(approvalReceipt.parse(await approvals.readReceipt(board, { id }))).toEqual(unstored);
});
