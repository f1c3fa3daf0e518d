import { behaviours, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";

const boardroom = useBoardroom();

it("wakes an agent within a second of an assignment, and the agent finishes by answering 200", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, { behaviour: behaviours.finish() });
  const assignedAt = Date.now();
  const issue = await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Write the menu", status: "todo", assigneeAgentId: agent.id },
  });
  const webhook = await server.webhook();
  expect(webhook.receivedAt - assignedAt).toBeLessThan(1000);
  expect(webhook.payload.data.taskId).toBe(issue.id);
  const run = await boardroom.waitForRun(company, webhook.runId, "succeeded");
  expect(run.resultJson).toMatchObject({ summary: "Done" });
});

it("lets an agent take an issue through to done with nothing but its run token", async () => {
  const company = await boardroom.newCompany();
  const { cid, board } = company;
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.accept(async ({ api, payload, runId }) => {
      const [first] = await api.call("agents.inboxMine", {});
      const params = { id: first?.id ?? "" };
      await api.call("issues.checkout", { params, body: { agentId: payload.agentId } });
      await api.call("issues.comment", { params, body: { body: "On it" } });
      const cost = { provider: "test", model: "test", costCents: 12.5, agentId: payload.agentId, issueId: first?.id };
      await api.call("costs.report", { params: { cid }, body: { ...cost, heartbeatRunId: runId } });
      const renewed = await api.call("runs.renew", { params: { id: runId }, body: {} });
      const later = boardroom.clientWith(renewed.runToken);
      await later.call("issues.update", { params, body: { status: "done" } });
      await later.call("runs.complete", { params: { id: runId }, body: { status: "succeeded", summary: "Baked" } });
    }),
  });
  const issue = await board.call("issues.create", {
    params: { cid },
    body: { title: "Write the menu", status: "todo", assigneeAgentId: agent.id },
  });
  const { runId } = await server.webhook();
  const run = await boardroom.waitForRun(company, runId, "succeeded", "failed");
  expect(server.errors).toEqual([]);
  expect(run).toMatchObject({ status: "succeeded", costCents: 12.5 });
  const after = await board.call("issues.get", { params: { id: issue.identifier } });
  expect(after).toMatchObject({ status: "done", holder: null });
  const comments = await board.call("issues.comments", { params: { id: issue.id } });
  expect(comments.map(({ body }) => body)).toEqual(["On it"]);
});

it("fires a timer heartbeat through the scheduled trigger, the queue and the webhook", async () => {
  const company = await boardroom.newCompany();
  const { agent, server } = await boardroom.hireHttpAgent(company, {
    behaviour: behaviours.finish(),
    runtimeConfig: { heartbeat: { enabled: true, intervalSec: 60 } },
  });
  await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Standing work", status: "todo", assigneeAgentId: agent.id },
  });
  await server.webhook();
  await boardroom.ownerQuery("update agent_schedules set next_wake_at = now() where agent_id = $1", [agent.id]);
  await boardroom.runScheduled();
  const timer = await server.webhook(1);
  expect(timer.payload.data.context).toMatchObject({ source: "timer" });
});
