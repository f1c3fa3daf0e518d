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
    expect(await titles({ q: "%" })).toEqual([]);
    expect(await titles({ q: "a", status: ["in_progress"] })).toEqual([]);
    expect(await titles({ q: delta.identifier.toLowerCase() })).toEqual(["Delta"]);
    expect(await titles({ updatedSince: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
    await expect(titles({ updatedSince: "0000-01-01T00:00:00Z" })).rejects.toMatchObject({ code: "invalid_request" });
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
      const blocked = status === "blocked" ? { ownerUserId: tenant.board.actor.id, action: "Decide" } : undefined;
      await createIssue(tenant.board, { title, status, priority, blocked, ...mine });
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
    const [first, second] = context.comments;
    const since = await issues.readHeartbeatContext(tenant.board, { ...issue, sinceCommentId: first?.id });
    expect(since.comments[0]?.id).toBe(second?.id);
    expect(context).toMatchObject({
      issue: { id: issue.id, labelIds: [] },
      ancestors: [{ id: parent.id }],
      goal: { id: goal.id, description: "Why" },
      project: { id: project.id },
      interactions: [],
      reviews: [],
      criteria: [],
      holds: [],
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
