import { type Issue, issue as issueEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { createGoal } from "../goals/index.ts";
import { createLabel } from "../labels/index.ts";
import { createProject } from "../projects/index.ts";
import * as issues from "./index.ts";

const db = useDomainDatabase();
const { createIssue, updateIssue } = issues;
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
    await expect(createIssue(mine.board, { title: "x", assigneeAgentId: gone.id })).rejects.toMatchObject({
      code: "unusable_reference",
    });
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
