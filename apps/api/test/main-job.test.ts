import { behaviours, type ReceivedWebhook, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { renewAndComplete, taskCostCents, workOnInbox } from "./agent-work.ts";
import { type EventViewer, viewEvents } from "./event-viewer.ts";

const boardroom = useBoardroom();

const assign = (company: TestCompany, assigneeAgentId: string, title = "Write the report") =>
  company.board.call("issues.create", { params: { cid: company.cid }, body: { title, assigneeAgentId } });

/** A viewer may still get what was written just before it came. */
const sinceAssignment = ({ actions }: EventViewer) => actions().slice(actions().indexOf("issue.created"));

/** What the board shows of an issue once its run has ended well. */
async function expectDone(company: TestCompany, issueId: string, webhook: ReceivedWebhook, summary: string) {
  const { board, cid } = company;
  const run = await boardroom.waitForRun(company, webhook.runId, "succeeded");
  expect(run).toMatchObject({
    issueId,
    invocationSource: "assignment",
    attempt: 1,
    costCents: taskCostCents,
    error: null,
    leaseExpiresAt: null,
    resultJson: { status: "succeeded", summary },
  });
  const detail = await board.call("runs.get", { params: { id: run.id } });
  expect(detail).toMatchObject({ wake: { reason: "issue_assigned", status: "done" }, checkedOutIssues: [] });
  expect(await board.call("runs.issues", { params: { id: run.id } })).toMatchObject([{ id: issueId, status: "done" }]);
  expect(await board.call("issues.get", { params: { id: issueId } })).toMatchObject({
    status: "done",
    checkoutRunId: null,
    executionRunId: null,
    holder: null,
    costCents: taskCostCents,
  });
  const comments = await board.call("issues.comments", { params: { id: issueId } });
  expect(comments).toMatchObject([{ body: "On it.", authorAgentId: run.agentId, runId: run.id }]);
  const costs = await board.call("costs.events", { params: { cid } });
  expect(costs).toMatchObject([{ costCents: taskCostCents, heartbeatRunId: run.id, issueId }]);
  return run;
}

it("an assignment sends a signed webhook within a second, and the agent that works and answers 200 is done", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.workThenFinish(workOnInbox, { summary: "Written" }),
  });
  const viewer = await viewEvents(company.url, company.cid, { headers: { cookie: company.owner.cookie } });
  const assignedAt = Date.now();
  const issue = await assign(company, agent.id);
  const webhook = await server.webhook();
  expect(webhook.receivedAt - assignedAt).toBeLessThan(1000);
  expect(webhook.headers["webhook-id"]).toBe(webhook.runId);
  expect(webhook.payload).toMatchObject({
    type: "heartbeat.invoke",
    agentId: agent.id,
    data: {
      agentId: agent.id,
      companyId: company.cid,
      taskId: issue.id,
      wakeReason: "issue_assigned",
      context: { source: "assignment", issueId: issue.id },
      apiUrl: company.url,
      callbackUrl: `${company.url}/api/heartbeat-runs/${webhook.runId}/complete`,
    },
  });
  const run = await expectDone(company, issue.id, webhook, "Written");
  expect(server.errors).toEqual([]);
  await viewer.sees("the end of the run", ({ action }) => action === "run.succeeded");
  expect(sinceAssignment(viewer)).toEqual([
    "issue.created",
    "run.started",
    "issue.checked_out",
    "issue.comment_added",
    "cost.reported",
    "issue.status_changed",
    "run.succeeded",
  ]);
  const shown = await company.board.call("runs.events", { params: { id: run.id } });
  expect(shown.map(({ kind }) => kind)).toEqual(["claimed", "finished"]);
  expect(shown.at(-1)?.message).toBe("Succeeded: Written");
  await viewer.close();
});

it("an agent that answers 202 works on its own time, renews, reports events and completes", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.accept(async (webhook) => {
      const { api, runId } = webhook;
      await workOnInbox(webhook);
      const events = [{ seq: 1, kind: "thought", message: "Reading" }];
      await api.call("runs.addEvents", { params: { id: runId }, body: { events } });
      expect(await api.call("runs.addEvents", { params: { id: runId }, body: { events } })).toEqual({
        accepted: 0,
        lastSeq: 1,
      });
      await renewAndComplete(webhook, "Written");
    }),
  });
  const viewer = await viewEvents(company.url, company.cid, { headers: { cookie: company.owner.cookie } });
  const issue = await assign(company, agent.id);
  const webhook = await server.webhook();
  const run = await expectDone(company, issue.id, webhook, "Written");
  expect(server.errors).toEqual([]);
  expect(run.acknowledgedAt).not.toBeNull();
  await viewer.sees("the end of the run", ({ action }) => action === "run.succeeded");
  // The answer 202 and the agent's first call race.
  expect(sinceAssignment(viewer).filter((action) => action !== "run.accepted")).toEqual([
    "issue.created",
    "run.started",
    "issue.checked_out",
    "issue.comment_added",
    "cost.reported",
    "issue.status_changed",
    "run.events_added",
    "run.events_added",
    "run.succeeded",
  ]);
  expect(viewer.actions()).toContain("run.accepted");
  const shown = await company.board.call("runs.events", { params: { id: run.id } });
  expect(shown.map(({ kind }) => kind).filter((kind) => kind !== "accepted")).toEqual([
    "claimed",
    "thought",
    "progress",
    "finished",
  ]);
  // The same result again changes nothing.
  const again = await webhook.api.call("runs.complete", {
    params: { id: run.id },
    body: { status: "failed", error: "late" },
  });
  expect(again).toMatchObject({ status: "succeeded", error: null });
  await viewer.close();
});

it("turns each of fifty assignments into one webhook about it, and says how long that took", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.finish(),
    runtimeConfig: { heartbeat: { maxConcurrentRuns: 10 } },
  });
  const waitsMs: number[] = [];
  for (let index = 0; index < 50; index++) {
    const startedAt = Date.now();
    const issue = await assign(company, agent.id);
    const webhook = await server.webhook(index);
    expect(webhook.payload.data.taskId).toBe(issue.id);
    waitsMs.push(webhook.receivedAt - startedAt);
  }
  waitsMs.sort((one, other) => one - other);
  const [half = 0, most = 0] = [waitsMs[25], waitsMs[49]];
  process.stdout.write(`From the assignment's request to its webhook, 50 times: p50 ${half} ms, slowest ${most} ms\n`);
  expect(new Set(server.received.map(({ runId }) => runId)).size).toBe(50);
});
