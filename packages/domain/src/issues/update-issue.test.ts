import { type Issue, issue as issueEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { createLabel } from "../labels/index.ts";
import * as issues from "./index.ts";

const db = useDomainDatabase();
const { createIssue, updateIssue } = issues;
const todo = { expectedStatuses: ["todo" as const] };
const agentIn = (tenant: Tenant, fields?: Parameters<typeof addAgent>[2]) =>
  addAgent(db.owner, tenant.companyId, fields);
const runOf = async (tenant: Tenant, agent: TestAgent, fields?: Parameters<typeof addRun>[3]): Promise<TestCtx> =>
  tenant.asRun(agent, await addRun(db.owner, tenant.companyId, agent, fields));
const wakesOf = async (agent: TestAgent) =>
  (
    await db.owner.query(
      "select reason, source, issue_id, payload, status from wakes where agent_id = $1 order by id",
      [agent.id],
    )
  ).rows;
const activityOf = async (ctx: TestCtx, { id }: Issue) =>
  (await issues.listIssueActivity(ctx, { id, limit: 50 })).items;

describe("changing", () => {
  it("follows the states and marks their times", async () => {
    const { board } = await db.newTenant();
    const { id } = await createIssue(board, { title: "Work" });
    await expect(updateIssue(board, { id, status: "done" })).rejects.toMatchObject({
      code: "invalid_transition",
      details: { from: "todo", to: "done" },
    });
    const started = await updateIssue(board, { id, status: "in_progress" });
    const blocked = { ownerUserId: board.actor.id, action: "Answer the question" };
    await updateIssue(board, { id, status: "blocked", blocked });
    const again = await updateIssue(board, { id, status: "in_progress" });
    expect(again.startedAt).toBe(started.startedAt);
    const done = await updateIssue(board, { id, status: "done", comment: "Finished." });
    expect(issueEntity.parse(done)).toMatchObject({ completedAt: expect.any(String), cancelledAt: null });
    expect(await updateIssue(board, { id, status: "todo" })).toMatchObject({
      completedAt: null,
      startedAt: started.startedAt,
    });
    const log = await activityOf(board, done);
    expect(log[0]?.action).toBe("issue.status_changed");
    expect(
      log
        .slice(1, 3)
        .map(({ action }) => action)
        .sort(),
    ).toEqual(["issue.comment_added", "issue.status_changed"]);
    expect(log[0]?.details).toMatchObject({
      oldStatus: "done",
      status: "todo",
      changes: { status: { from: "done", to: "todo" } },
    });
  });

  it("lets go of the lock when the work is over or goes to another agent, who is woken", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const { id } = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    await issues.checkoutIssue(run, { id, agentId: agent.id, ...todo });
    expect(await updateIssue(run, { id, title: "Better" })).toMatchObject({ checkoutRunId: run.actor.runId });
    const moved = await updateIssue(tenant.board, { id, assigneeAgentId: other.id });
    expect(moved).toMatchObject({ assigneeAgentId: other.id, checkoutRunId: null, executionLockedAt: null });
    expect(await wakesOf(other)).toMatchObject([{ reason: "issue_assigned", issue_id: id }]);
    const next = await runOf(tenant, other);
    await issues.checkoutIssue(next, { id, agentId: other.id, ...todo });
    expect(await updateIssue(next, { id, status: "in_review" })).toMatchObject({
      checkoutRunId: null,
      executionRunId: null,
    });
    expect(await updateIssue(tenant.board, { id, assigneeUserId: tenant.ownerId })).toMatchObject({
      assigneeAgentId: null,
    });
  });

  it("keeps agents from what is the board's or another agent's to decide", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const requested = await createIssue(tenant.board, { title: "Asked for", assigneeAgentId: agent.id });
    const run = await runOf(tenant, agent);
    const others = await runOf(tenant, other);
    const forbidden = { code: "forbidden" };
    await expect(updateIssue(run, { id: requested.id, status: "cancelled" })).rejects.toMatchObject(forbidden);
    await expect(updateIssue(others, { id: requested.id, status: "in_progress" })).rejects.toMatchObject(forbidden);
    await issues.checkoutIssue(run, { id: requested.id, agentId: agent.id, ...todo });
    await expect(updateIssue(others, { id: requested.id, status: "done" })).rejects.toMatchObject({ code: "conflict" });
    await expect(updateIssue(others, { id: requested.id, assigneeAgentId: other.id })).rejects.toMatchObject({
      code: "conflict",
    });
    await updateIssue(run, { id: requested.id, status: "done" });
    await expect(updateIssue(run, { id: requested.id, status: "todo" })).rejects.toMatchObject({
      code: "invalid_transition",
    });
    const own = await createIssue(run, { title: "Own idea" });
    expect(await updateIssue(run, { id: own.id, status: "cancelled" })).toMatchObject({
      cancelledAt: expect.any(String),
    });
  });

  it("refuses a run whose lease is gone, without a trace", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const issue = await createIssue(tenant.board, { title: "Work" });
    const run = await addRun(db.owner, tenant.companyId, agent);
    const stale = tenant.asRun(agent, { ...run, fence: run.fence - 1 });
    const ended = await runOf(tenant, agent, { status: "lost" });
    for (const ctx of [stale, ended]) {
      const writes = [
        () => updateIssue(ctx, { id: issue.id, title: "Late", comment: "Late" }),
        () => issues.addComment(ctx, { id: issue.id, body: "Late" }),
        () => createIssue(ctx, { title: "Late" }),
        () => issues.releaseIssue(ctx, { id: issue.id }),
      ];
      for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "lease_lost" });
    }
    expect((await activityOf(tenant.board, issue)).map(({ action }) => action)).toEqual(["issue.created"]);
  });

  it("refuses circles, also when two moves at once would close one", async () => {
    const { board } = await db.newTenant();
    const top = await createIssue(board, { title: "Top" });
    const low = await createIssue(board, { title: "Low", parentId: top.id });
    await expect(updateIssue(board, { id: top.id, parentId: low.id })).rejects.toMatchObject({
      code: "unusable_reference",
    });
    const [a, b] = await Promise.all([createIssue(board, { title: "A" }), createIssue(board, { title: "B" })]);
    const moves = await Promise.allSettled([
      updateIssue(board, { id: a.id, parentId: b.id }),
      updateIssue(board, { id: b.id, parentId: a.id }),
    ]);
    expect(moves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("replaces labels and logs what changed, a mere comment only as a comment", async () => {
    const { board } = await db.newTenant();
    const [red, blue] = [
      await createLabel(board, { name: "red", color: "#ff0000" }),
      await createLabel(board, { name: "blue", color: "#0000ff" }),
    ];
    const issue = await createIssue(board, { title: "Work", labelIds: [red.id] });
    const changed = await updateIssue(board, {
      id: issue.id,
      labelIds: [blue.id],
      priority: "high",
      description: "Why",
    });
    expect(changed.labelIds).toEqual([blue.id]);
    expect((await issues.getIssue(board, issue)).labels).toMatchObject([{ name: "blue" }]);
    await updateIssue(board, { id: issue.id, comment: "Just saying" });
    await updateIssue(board, { id: issue.id, title: "Work" });
    const log = await activityOf(board, issue);
    expect(log.map(({ action }) => action)).toEqual(["issue.comment_added", "issue.updated", "issue.created"]);
    expect(log[1]?.details?.changes).toEqual({
      priority: { from: "medium", to: "high" },
      description: { from: null, to: "Why" },
      labelIds: { from: [red.id], to: [blue.id] },
    });
  });
});
