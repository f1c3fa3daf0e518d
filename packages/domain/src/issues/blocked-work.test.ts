import { beforeAll, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, storedWakes, type TestAgent } from "../../test/working-agents.ts";
import { createIssue, escalateIssue, getIssue, updateIssue } from "./index.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let board: TestCtx;
let [chief, lead, worker, stranger]: TestAgent[] = [];

beforeAll(async () => {
  tenant = await db.newTenant();
  board = tenant.board;
  const hire = () => addAgent(db.owner, tenant.companyId);
  [chief, lead, worker, stranger] = [await hire(), await hire(), await hire(), await hire()];
  const reports = (agent?: TestAgent, to?: TestAgent) =>
    db.owner.query("update agents set reports_to = $2 where id = $1", [agent?.id, to?.id]);
  await reports(lead, chief);
  await reports(worker, lead);
});

const as = (agent: TestAgent | undefined) => tenant.asAgent(agent as TestAgent);
const lastWake = async (agent: TestAgent | undefined) => (await storedWakes(db.owner, agent as TestAgent)).at(-1);
const newIssue = (fields: object = {}, ctx = board) =>
  createIssue(ctx, { title: "Ship", assigneeAgentId: worker?.id ?? null, ...fields });

describe("a blocked issue", () => {
  it("names who acts and what they do, or what it waits for", async () => {
    const { id } = await newIssue({ status: "in_progress" });
    await expect(updateIssue(as(worker), { id, status: "blocked" })).rejects.toMatchObject({
      code: "blocked_without_owner",
      status: 422,
    });
    const action = "Buy the licence";
    await expect(updateIssue(as(worker), { id, blocked: { ownerAgentId: lead?.id, action } })).rejects.toMatchObject({
      code: "invalid_request",
    });
    const elsewhere = await addAgent(db.owner, (await db.newTenant()).companyId);
    await expect(
      updateIssue(as(worker), { id, status: "blocked", blocked: { ownerAgentId: elsewhere.id, action } }),
    ).rejects.toMatchObject({ code: "invalid_reference" });
    await expect(newIssue({ status: "blocked" })).rejects.toMatchObject({ code: "blocked_without_owner" });
    expect(
      await updateIssue(as(worker), { id, status: "blocked", blocked: { ownerAgentId: lead?.id, action } }),
    ).toMatchObject({ status: "blocked", blockedOwnerAgentId: lead?.id, blockedAction: action });
    expect(await lastWake(lead)).toMatchObject({ reason: "issue_blocked", issue_id: id, payload: { action } });

    const back = await updateIssue(as(lead), { id, status: "todo", comment: "Bought" });
    expect(back).toMatchObject({ blockedOwnerAgentId: null, blockedAction: null });
    expect(await lastWake(worker)).toMatchObject({ issue_id: id, status: "open" });
  });

  it("needs no name while open blockers say what it waits for, and may name a person", async () => {
    const first = await newIssue();
    const { id } = await newIssue({ status: "in_progress" });
    expect(await updateIssue(as(worker), { id, status: "blocked", blockedByIssueIds: [first.id] })).toMatchObject({
      status: "blocked",
      blockedOwnerAgentId: null,
    });
    const other = await newIssue({ status: "in_progress" });
    const person = { ownerUserId: board.actor.id, action: "Sign it" };
    expect(await updateIssue(as(worker), { id: other.id, status: "blocked", blocked: person })).toMatchObject({
      blockedOwnerUserId: board.actor.id,
    });
    await expect(
      updateIssue(board, { id: other.id, blocked: { ownerUserId: "nobody", action: "?" } }),
    ).rejects.toMatchObject({ code: "invalid_reference" });
  });
});

describe("escalation", () => {
  it("goes to the next manager who can be woken, and above the last one to the board", async () => {
    const { id } = await newIssue({ status: "in_progress" });
    await expect(escalateIssue(as(stranger), { id, reason: "Me" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await escalateIssue(as(worker), { id, reason: "No access" })).toMatchObject({
      status: "blocked",
      blockedOwnerAgentId: lead?.id,
      blockedAction: "No access",
    });
    expect(await lastWake(lead)).toMatchObject({ reason: "issue_escalated", payload: { reason: "No access" } });
    expect(await escalateIssue(as(lead), { id, reason: "Nor have I" })).toMatchObject({
      blockedOwnerAgentId: chief?.id,
    });
    expect(await escalateIssue(as(chief), { id, reason: "Ask the board" })).toMatchObject({
      blockedOwnerAgentId: null,
      blockedOwnerUserId: board.actor.id,
    });
    await updateIssue(board, { id, status: "done" }).catch(() => undefined);
    await updateIssue(board, { id, status: "cancelled" });
    await expect(escalateIssue(board, { id, reason: "Late" })).rejects.toMatchObject({ code: "invalid_transition" });
  });

  it("passes over a manager who is paused", async () => {
    const { id } = await newIssue({ status: "in_progress" });
    await db.owner.query("update agents set status = 'paused' where id = $1", [lead?.id]);
    expect(await escalateIssue(as(worker), { id, reason: "No access" })).toMatchObject({
      blockedOwnerAgentId: chief?.id,
    });
    await db.owner.query("update agents set status = 'idle' where id = $1", [lead?.id]);
  });
});

describe("work across teams", () => {
  it("is a request: one deeper, on the asker's billing code, and not the receiver's to cancel", async () => {
    const own = await newIssue({ billingCode: "TEAM-A" });
    const run = await addRun(db.owner, tenant.companyId, worker as TestAgent, { issueId: own.id });
    const asRun = tenant.asRun(worker as TestAgent, run);
    const asked = await createIssue(asRun, { title: "Help", assigneeAgentId: stranger?.id ?? null });
    expect(asked).toMatchObject({ requestDepth: 1, billingCode: "TEAM-A", createdByAgentId: worker?.id });
    await expect(updateIssue(as(stranger), { id: asked.id, status: "cancelled" })).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await updateIssue(as(worker), { id: asked.id, status: "cancelled" })).toMatchObject({ status: "cancelled" });

    const given = await newIssue();
    expect(await updateIssue(as(worker), { id: given.id, assigneeAgentId: stranger?.id ?? null })).toMatchObject({
      requestDepth: 1,
    });
    const below = await newIssue({ assigneeAgentId: lead?.id });
    expect(await updateIssue(as(lead), { id: below.id, assigneeAgentId: worker?.id ?? null })).toMatchObject({
      requestDepth: 0,
    });
  });

  it("is changed by who works on it, who asked and managers; others comment", async () => {
    const { id } = await newIssue();
    await expect(updateIssue(as(stranger), { id, priority: "low" })).rejects.toMatchObject({ code: "forbidden" });
    await expect(updateIssue(as(stranger), { id, assigneeAgentId: stranger?.id ?? null })).rejects.toMatchObject({
      code: "forbidden",
    });
    await updateIssue(as(stranger), { id, comment: "I could help" });
    await updateIssue(as(chief), { id, priority: "high" });
    expect(await getIssue(board, { id })).toMatchObject({ priority: "high", holds: [], reviews: [], criteria: [] });
    const mine = await newIssue({}, as(lead));
    await updateIssue(as(chief), { id: mine.id, status: "cancelled" });
  });
});
