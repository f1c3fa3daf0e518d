import {
  comment as commentEntity,
  type Issue,
  issueDetail,
  issue as issueEntity,
  operations,
} from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { createGoal } from "../goals/index.ts";
import { createLabel } from "../labels/index.ts";
import { reportCost } from "../money/index.ts";
import { createProject } from "../projects/index.ts";
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

describe("creating", () => {
  it("numbers without gaps or doubles, also when many are created at once", async () => {
    const { board } = await db.newTenant();
    const made = await Promise.all(Array.from({ length: 20 }, (_, n) => createIssue(board, { title: `Issue ${n}` })));
    expect(made.map(({ issueNumber }) => issueNumber).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, n) => n + 1),
    );
    await expect(createIssue(board, { title: "Lost", assigneeAgentId: crypto.randomUUID() })).rejects.toThrow();
    expect((await createIssue(board, { title: "Next" })).issueNumber).toBe(21);
    expect(made[0]?.identifier).toMatch(/^T\w+-\d+$/);
  });

  it("wakes the assignee in the same request, but not from the backlog", async () => {
    const tenant = await db.newTenant();
    const [agent, resting] = [await agentIn(tenant), await agentIn(tenant)];
    let issue: Issue | undefined;
    const requests = await db.countRequests(async () => {
      issue = await createIssue(tenant.board, { title: "Go", assigneeAgentId: agent.id });
    });
    expect(requests).toBe(1);
    expect(await wakesOf(agent)).toMatchObject([
      {
        reason: "issue_assigned",
        source: "assignment",
        issue_id: issue?.id,
        payload: { identifier: issue?.identifier },
      },
    ]);
    expect(tenant.ports.dispatched).toEqual([{ companyId: tenant.companyId, runId: expect.any(String) }]);
    const later = await createIssue(tenant.board, { title: "Later", status: "backlog", assigneeAgentId: resting.id });
    expect(await wakesOf(resting)).toEqual([]);
    await updateIssue(tenant.board, { id: later.id, status: "todo" });
    expect(await wakesOf(resting)).toMatchObject([{ reason: "issue_status_changed" }]);
  });

  it("hands project, goal and billing code down, and counts how deep a request was passed on", async () => {
    const tenant = await db.newTenant();
    const [agent, other] = [await agentIn(tenant), await agentIn(tenant)];
    const goal = await createGoal(tenant.board, { title: "Goal" });
    const project = await createProject(tenant.board, { name: "Project", goalIds: [goal.id] });
    const label = await createLabel(tenant.board, { name: "bug", color: "#ff0000" });
    const parent = await createIssue(tenant.board, {
      title: "Parent",
      projectId: project.id,
      billingCode: "B-1",
      labelIds: [label.id],
    });
    expect(issueEntity.parse(parent)).toMatchObject({
      goalId: goal.id,
      labelIds: [label.id],
      requestDepth: 0,
      originKind: "manual",
    });
    const run = await runOf(tenant, agent);
    const child = await issues.createChildIssue(run, {
      id: parent.identifier,
      title: "Child",
      assigneeAgentId: other.id,
    });
    expect(child).toMatchObject({
      parentId: parent.id,
      projectId: project.id,
      goalId: goal.id,
      billingCode: "B-1",
      requestDepth: 1,
      createdByAgentId: agent.id,
      createdByUserId: null,
      originRunId: run.actor.runId,
      labelIds: [],
    });
    const own = await createIssue(run, { title: "Own", parentId: child.id, billingCode: null, projectId: null });
    expect(own).toMatchObject({ requestDepth: 1, billingCode: null, projectId: null, goalId: goal.id });
  });

  it("marks the times of a status that it starts in", async () => {
    const { board } = await db.newTenant();
    expect(await createIssue(board, { title: "x", status: "in_progress" })).toMatchObject({
      startedAt: expect.any(String),
      completedAt: null,
    });
    expect(await createIssue(board, { title: "x", status: "done" })).toMatchObject({
      completedAt: expect.any(String),
      cancelledAt: null,
    });
  });

  it("refuses what is not of this company, and terminated assignees", async () => {
    const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
    const gone = await agentIn(mine, { status: "terminated" });
    const foreignAgent = await agentIn(other);
    const foreign = await createIssue(other.board, { title: "Theirs" });
    const foreignLabel = await createLabel(other.board, { name: "bug", color: "#ff0000" });
    const invalid = [
      { parentId: foreign.id },
      { assigneeAgentId: foreignAgent.id },
      { assigneeAgentId: gone.id },
      { assigneeUserId: other.ownerId },
      { labelIds: [foreignLabel.id] },
      { projectId: crypto.randomUUID() },
      { goalId: crypto.randomUUID() },
    ];
    for (const fields of invalid) {
      await expect(createIssue(mine.board, { title: "x", ...fields })).rejects.toMatchObject({
        code: "invalid_reference",
      });
    }
    await expect(issues.createChildIssue(mine.board, { id: foreign.id, title: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect((await issues.listIssues(mine.board, { limit: 10 })).items).toEqual([]);
  });

  it("goes on while the company is paused and ends when it is archived", async () => {
    const { board, companyId } = await db.newTenant();
    await db.owner.query("update companies set status = 'paused' where id = $1", [companyId]);
    await createIssue(board, { title: "Still" });
    await db.owner.query("update companies set status = 'archived' where id = $1", [companyId]);
    await expect(createIssue(board, { title: "No more" })).rejects.toMatchObject({ code: "company_not_active" });
  });

  it("answers a retry with the first issue and wakes nobody again", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const once = { ...tenant.board, idempotency: { key: "k", operation: "issues.create", bodyHash: "h" } };
    const made = await Promise.all(
      [1, 2, 3].map(() => createIssue(once, { title: "Once", assigneeAgentId: agent.id })),
    );
    const parsed = made.map((issue) => issueEntity.parse(issue));
    expect(parsed[1]).toEqual(parsed[0]);
    expect(parsed[2]).toEqual(parsed[0]);
    expect(await wakesOf(agent)).toHaveLength(1);
    expect(tenant.ports.dispatched).toHaveLength(1);
  });
});

describe("changing", () => {
  it("follows the states and marks their times", async () => {
    const { board } = await db.newTenant();
    const { id } = await createIssue(board, { title: "Work" });
    await expect(updateIssue(board, { id, status: "done" })).rejects.toMatchObject({
      code: "invalid_transition",
      details: { from: "todo", to: "done" },
    });
    const started = await updateIssue(board, { id, status: "in_progress" });
    await updateIssue(board, { id, status: "blocked" });
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
      code: "invalid_reference",
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

describe("reading", () => {
  it("shows an issue whole in one request: holder, parents, children, cost", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const root = await createIssue(tenant.board, { title: "Root" });
    const middle = await createIssue(tenant.board, { title: "Middle", parentId: root.id });
    const issue = await createIssue(tenant.board, { title: "Issue", parentId: middle.id });
    const child = await createIssue(tenant.board, { title: "Child", parentId: issue.id });
    const run = await runOf(tenant, agent);
    await issues.checkoutIssue(run, { id: issue.id, agentId: agent.id, ...todo });
    await reportCost(run, {
      agentId: agent.id,
      provider: "p",
      model: "m",
      inputTokens: 0,
      cachedInputTokens: 0,
      outputTokens: 0,
      costCents: 2.5,
    });
    let detail: unknown;
    const requests = await db.countRequests(async () => {
      detail = await issues.getIssue(tenant.board, { id: issue.identifier.toLowerCase() });
    });
    expect(requests).toBe(1);
    expect(issueDetail.parse(detail)).toMatchObject({
      ancestors: [{ id: root.id }, { id: middle.id }],
      children: [{ id: child.id, status: "todo" }],
      holder: { agentId: agent.id, runId: run.actor.runId, costCents: 2.5 },
      costCents: 2.5,
    });
    expect(await issues.readActiveRun(tenant.board, issue)).toMatchObject({ id: run.actor.runId, costCents: 2.5 });
    expect(await issues.readActiveRun(tenant.board, child)).toBeNull();
    expect((await issues.listIssueRuns(tenant.board, { id: issue.id, limit: 10 })).items).toMatchObject([
      { id: run.actor.runId },
    ]);
  });

  it("filters, searches and pages, newest first, each once", async () => {
    const tenant = await db.newTenant();
    const { board } = tenant;
    const agent = await agentIn(tenant);
    const label = await createLabel(board, { name: "bug", color: "#ff0000" });
    const made: Issue[] = [];
    for (const title of ["Alpha 100%", "Beta", "Gamma", "Delta"]) made.unshift(await createIssue(board, { title }));
    const [delta, gamma, beta, alpha] = made as [Issue, Issue, Issue, Issue];
    await updateIssue(board, { id: beta.id, assigneeAgentId: agent.id, labelIds: [label.id], parentId: alpha.id });
    await updateIssue(board, { id: gamma.id, status: "in_progress" });
    const titles = async (filter: object) =>
      (await issues.listIssues(board, { limit: 10, ...filter })).items.map(({ title }) => title);
    expect(await titles({ status: ["in_progress", "done"] })).toEqual(["Gamma"]);
    expect(await titles({ assigneeAgentId: agent.id })).toEqual(["Beta"]);
    expect(await titles({ labelId: label.id, parentId: alpha.id })).toEqual(["Beta"]);
    expect(await titles({ q: "A 1" })).toEqual(["Alpha 100%"]);
    expect(await titles({ q: "%" })).toEqual(["Alpha 100%"]);
    expect(await titles({ q: delta.identifier.toLowerCase() })).toEqual(["Delta"]);
    expect(await titles({ updatedSince: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await issues.listIssues(board, { limit: 3, cursor });
      seen.push(...page.items.map((issue) => issueEntity.parse(issue).id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(made.map(({ id }) => id));
  });

  it("sorts an agent's inbox by what it began, then urgency, then age", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const mine = { assigneeAgentId: agent.id };
    for (const [title, status, priority] of [
      ["review", "in_review", "critical"],
      ["low", "todo", "low"],
      ["older", "todo", "high"],
      ["newer", "todo", "high"],
      ["begun", "in_progress", "low"],
      ["stuck", "blocked", "critical"],
      ["later", "backlog", "critical"],
      ["over", "done", "critical"],
    ] as const) {
      await createIssue(tenant.board, { title, status, priority, ...mine });
    }
    await createIssue(tenant.board, { title: "nobody's" });
    const self = tenant.asAgent(agent);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await issues.listInboxLite(self, { limit: 2, cursor });
      seen.push(...page.items.map((item) => operations["agents.inboxLite"].output.element.parse(item).title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(["begun", "older", "newer", "low", "review", "stuck"]);
    const full = await issues.listInbox(self, { limit: 50 });
    expect(full.items.map((issue) => issueEntity.parse(issue).title)).toEqual(seen);
    const lite = await issues.listInboxLite(self, { limit: 50 });
    expect(lite.items.find(({ title }) => title === "older")?.activeRun).toMatchObject({
      agentId: agent.id,
      status: "queued",
    });
    await expect(issues.listInbox(tenant.board, { limit: 5 })).rejects.toMatchObject({ code: "forbidden" });
  });

  it("gives an agent what it needs to start", async () => {
    const tenant = await db.newTenant();
    const goal = await createGoal(tenant.board, { title: "Goal", description: "Why" });
    const project = await createProject(tenant.board, { name: "Project", goalIds: [goal.id] });
    const parent = await createIssue(tenant.board, { title: "Parent", projectId: project.id });
    const issue = await createIssue(tenant.board, { title: "Work", parentId: parent.id });
    for (let n = 0; n < 22; n += 1) await issues.addComment(tenant.board, { id: issue.id, body: `Comment ${n}` });
    const context = operations["issues.heartbeatContext"].output.parse(
      await issues.readHeartbeatContext(tenant.board, issue),
    );
    expect(context).toMatchObject({
      issue: { id: issue.id, labelIds: [] },
      ancestors: [{ id: parent.id }],
      goal: { id: goal.id, description: "Why" },
      project: { id: project.id },
    });
    expect(context.comments).toHaveLength(20);
    expect(context.comments.at(-1)?.body).toBe("Comment 21");
  });
});

describe("comments", () => {
  it("name their author, newest first, and may be deleted by their author or an admin", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const [operator, admin] = [await tenant.member("operator", "Otto"), await tenant.member("admin", "Ada")];
    const issue = await createIssue(tenant.board, { title: "Work" });
    const run = await runOf(tenant, agent);
    const first = await issues.addComment(operator, { id: issue.id, body: "One" });
    const second = await issues.addComment(run, { id: issue.identifier, body: "Two" });
    expect(commentEntity.parse(second)).toMatchObject({
      authorName: agent.name,
      authorAgentId: agent.id,
      authorUserId: null,
      runId: run.actor.runId,
    });
    const { items } = await issues.listComments(tenant.board, { id: issue.id, limit: 10 });
    expect(items.map((item) => commentEntity.parse(item).authorName)).toEqual([agent.name, "Otto"]);
    const [one, two] = [
      { id: issue.id, commentId: first.id },
      { id: issue.id, commentId: second.id },
    ];
    await expect(issues.deleteComment(operator, two)).rejects.toMatchObject({ code: "forbidden" });
    await expect(issues.deleteComment(run, one)).rejects.toMatchObject({ code: "forbidden" });
    await issues.deleteComment(operator, one);
    await issues.deleteComment(admin, two);
    await expect(issues.getComment(tenant.board, two)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("deleting", () => {
  it("is for issues that nothing came of", async () => {
    const tenant = await db.newTenant();
    const agent = await agentIn(tenant);
    const parent = await createIssue(tenant.board, { title: "Parent" });
    const child = await createIssue(tenant.board, { title: "Child", parentId: parent.id });
    const assigned = await createIssue(tenant.board, { title: "Assigned", assigneeAgentId: agent.id });
    for (const issue of [parent, assigned]) {
      await expect(issues.deleteIssue(tenant.board, issue)).rejects.toMatchObject({ code: "conflict" });
    }
    await issues.addComment(tenant.board, { id: child.id, body: "Never mind" });
    await issues.deleteIssue(tenant.board, child);
    await issues.deleteIssue(tenant.board, parent);
    await expect(issues.getIssue(tenant.board, child)).rejects.toMatchObject({ code: "not_found" });
  });
});

it("hides another company's issues from every verb", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const foreign = await createIssue(other.board, { title: "Theirs" });
  const { id: commentId } = await issues.addComment(other.board, { id: foreign.id, body: "Secret" });
  const page = { limit: 10 };
  for (const id of [foreign.id, foreign.identifier]) {
    const attempts = [
      () => issues.getIssue(mine.board, { id }),
      () => updateIssue(mine.board, { id, title: "Mine" }),
      () => issues.deleteIssue(mine.board, { id }),
      () => issues.releaseIssue(mine.board, { id }),
      () => issues.forceReleaseIssue(mine.board, { id }),
      () => issues.createChildIssue(mine.board, { id, title: "x" }),
      () => issues.listComments(mine.board, { id, ...page }),
      () => issues.addComment(mine.board, { id, body: "x" }),
      () => issues.getComment(mine.board, { id, commentId }),
      () => issues.deleteComment(mine.board, { id, commentId }),
      () => issues.listIssueActivity(mine.board, { id, ...page }),
      () => issues.listIssueRuns(mine.board, { id, ...page }),
      () => issues.readActiveRun(mine.board, { id }),
      () => issues.readIssueCosts(mine.board, { id }),
      () => issues.readHeartbeatContext(mine.board, { id }),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
  expect((await issues.listIssues(mine.board, page)).items).toEqual([]);
  expect(await issues.getIssue(other.board, foreign)).toMatchObject({ title: "Theirs", updatedAt: expect.any(String) });
});
