import { behaviours, useBoardroom } from "@boardroom/testing";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";
import { type GivenRun, giveRun } from "./given-run.ts";

const boardroom = useBoardroom();
const twoSignatures = /^v1,[\w+/=]{44} v1,[\w+/=]{44}$/;

const verifies = (secret: string, { body, headers }: { body: string; headers: object }) => {
  try {
    const texts = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    return new Webhook(secret).verify(body, Object.fromEntries(texts)) !== undefined;
  } catch {
    return false;
  }
};

const invoke = ({ company, agent }: GivenRun) =>
  company.board.call("agents.invoke", { params: { id: agent.id }, body: {} });

describe("signatures", () => {
  it("signs with both secrets during a rotation, so that either verifies, and with the new one alone after 24 hours", async () => {
    const given = await giveRun(boardroom, behaviours.finish());
    const { company, agent, server, webhookSecret: old } = given;
    await given.waitFor("succeeded");
    const rotated = await company.board.call("agents.rotateWebhookSecret", { params: { id: agent.id } });
    const { webhookSecret: next, previousValidUntil } = rotated;
    expect(Date.parse(previousValidUntil) - Date.now()).toBeGreaterThan(23.9 * 3600_000);
    await invoke(given);
    const during = await server.webhook(1);
    expect(during.headers["webhook-signature"]).toMatch(twoSignatures);
    expect([verifies(old, during), verifies(next, during)]).toEqual([true, true]);
    const again = await refusalOf(company.board.call("agents.rotateWebhookSecret", { params: { id: agent.id } }));
    expect(again.status).toBe(409);

    await boardroom.waitForRun(company, during.runId, "succeeded");
    await boardroom.ownerQuery(
      "update agent_webhook_secrets set valid_until = now() where agent_id = $1 and valid_until is not null",
      [agent.id],
    );
    server.trust(next);
    await invoke(given);
    const after = await server.webhook(2);
    expect([verifies(old, after), verifies(next, after)]).toEqual([false, true]);
  });

  it("an agent that does not know the secret ends the run with what it answered", async () => {
    const given = await giveRun(boardroom, behaviours.finish());
    await given.waitFor("succeeded");
    given.server.trust("whsec_c29tZWJvZHkgZWxzZSdzIHNlY3JldA==");
    const { run } = await invoke(given);
    const ended = await boardroom.waitForRun(given.company, run?.id ?? "", "failed");
    expect(ended).toMatchObject({ errorCode: "http_401", error: "The agent answered 401." });
    expect(given.server.refusedCount()).toBe(1);
  });
});

describe("context", () => {
  it("thin context names the task and tells nothing of it", async () => {
    const given = await giveRun(boardroom, behaviours.finish(), { contextMode: "thin" });
    const { payload } = await given.server.webhook();
    expect(payload.data.taskId).toBe(given.issue.id);
    expect(payload.context).toEqual(payload.data.context);
    expect(payload.context).not.toHaveProperty("task");
  });

  it("fat context brings the task with its comments and its parents", async () => {
    const company = await boardroom.newCompany();
    const { agent, server } = await boardroom.hireHttpAgent(company, {
      behaviour: behaviours.finish(),
      contextMode: "fat",
    });
    const { board, cid } = company;
    const parent = await board.call("issues.create", { params: { cid }, body: { title: "The whole" } });
    const child = await board.call("issues.createChild", {
      params: { id: parent.id },
      body: { title: "A part", description: "In short", status: "backlog", assigneeAgentId: agent.id },
    });
    await board.call("issues.comment", { params: { id: child.id }, body: { body: "Mind the gap" } });
    await board.call("issues.update", { params: { id: child.id }, body: { status: "todo" } });
    const { payload } = await server.webhook();
    expect(payload.context).toMatchObject({
      task: { id: child.id, identifier: child.identifier, title: "A part", description: "In short" },
      comments: [{ body: "Mind the gap" }],
      ancestors: [{ identifier: parent.identifier, title: "The whole" }],
    });
  });
});

describe("a run that the board cancels", () => {
  it("tells the agent by a signed webhook of its own, and ends as the agent says", async () => {
    const given = await giveRun(
      boardroom,
      behaviours.inTurn(
        behaviours.accept(({ api, payload: { data } }) =>
          api.call("issues.checkout", { params: { id: data.taskId ?? "" }, body: { agentId: data.agentId } }),
        ),
        behaviours.finish({}),
      ),
    );
    const { company, server, runId, issue } = given;
    const { api, headers } = await server.webhook();
    await company.board.call("runs.cancel", { params: { id: runId }, body: { reason: "Not now" } });
    const cancel = await server.webhook(1);
    expect(headers["webhook-id"]).toBe(runId);
    expect(cancel.headers["webhook-id"]).toBe(`${runId}-cancel`);
    expect(JSON.parse(cancel.body)).toMatchObject({ type: "heartbeat.cancel", data: { runId, reason: "Not now" } });
    expect(await api.call("runs.renew", { params: { id: runId }, body: {} })).toMatchObject({
      action: "cancel",
      reason: "Not now",
    });
    await api.call("runs.complete", { params: { id: runId }, body: { status: "cancelled" } });
    expect(await given.run()).toMatchObject({ status: "cancelled" });
    expect(await company.board.call("issues.get", { params: { id: issue.id } })).toMatchObject({
      status: "todo",
      holder: null,
    });
  });

  it("ends when the grace period is over, whatever the agent does", async () => {
    const given = await giveRun(boardroom, behaviours.accept());
    await given.server.webhook();
    await given.company.board.call("runs.cancel", { params: { id: given.runId }, body: {} });
    const { leaseExpiresAt } = await given.run();
    expect(Date.parse(leaseExpiresAt ?? "") - Date.now()).toBeLessThan(30_500);
    await boardroom.expireLease(given.runId);
    await boardroom.runScheduled();
    expect(await given.waitFor("cancelled")).toMatchObject({ error: "Cancelled by the board.", retryOfRunId: null });
  });
});
