import { issueBlocked } from "@boardroom/contract";
import { behaviours, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";

const boardroom = useBoardroom();

const add = (
  { board, cid }: TestCompany,
  body: { title: string; assigneeAgentId?: string; blockedByIssueIds?: string[] },
) => board.call("issues.create", { params: { cid }, body });

it("a mention reaches the agent's webhook with the comment, and the agent may answer without owning the issue", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    name: "Ada Moreau",
    behaviour: behaviours.accept(),
  });
  const issue = await add(company, { title: "Nobody's" });
  const params = { id: issue.id };
  const { id: commentId } = await company.board.call("issues.comment", {
    params,
    body: { body: "@ada-moreau, which paper do we use?" },
  });
  const { payload, api, runId } = await server.webhook();
  expect(payload.data).toMatchObject({
    agentId: agent.id,
    taskId: issue.id,
    wakeReason: "issue_mentioned",
    context: { commentId, identifier: issue.identifier, excerpt: "@ada-moreau, which paper do we use?" },
  });
  await api.call("issues.comment", { params, body: { body: "The grey one." } });
  await api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded" } });
  // Its own answer wakes it no second time.
  const wakes = await company.board.call("agents.wakes", { params: { id: agent.id } });
  expect(wakes).toMatchObject([{ reason: "issue_mentioned", status: "done" }]);
});

it("a blocked issue answers 422 with what is open, and its agent is called when the last blocker is done", async () => {
  const company = await boardroom.newCompany();
  const { agent, server, withKey } = await boardroom.hireHttpAgent(company, { behaviour: behaviours.accept() });
  const { board } = company;
  const blocker = await add(company, { title: "First" });
  const issue = await add(company, { title: "Second", assigneeAgentId: agent.id, blockedByIssueIds: [blocker.id] });
  const key = await withKey();
  const checkout = () => key.call("issues.checkout", { params: { id: issue.id }, body: { agentId: agent.id } });
  const refusal = await refusalOf(checkout());
  expect(refusal).toMatchObject({ status: 422, code: "blocked_by_issues" });
  expect(issueBlocked.parse(refusal.details)).toMatchObject({ unresolvedBlockerIssueIds: [blocker.id] });
  for (const status of ["in_progress", "done"] as const) {
    await board.call("issues.update", { params: { id: blocker.id }, body: { status } });
  }
  const { payload, api } = await server.webhook();
  expect(payload.data).toMatchObject({
    taskId: issue.id,
    wakeReason: "issue_blockers_resolved",
    context: { resolvedBlockerIssueId: blocker.id },
  });
  const taken = await api.call("issues.checkout", { params: { id: issue.id }, body: { agentId: agent.id } });
  expect(taken).toMatchObject({ status: "in_progress", blockedBy: [{ id: blocker.id, status: "done" }] });
  const wakes = await board.call("agents.wakes", { params: { id: agent.id } });
  expect(wakes).toMatchObject([
    { reason: "issue_blockers_resolved", status: "claimed" },
    { reason: "issue_assigned", status: "skipped", skipReason: "issue_blocked" },
  ]);
});
