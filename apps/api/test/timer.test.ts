import { createHash, randomUUID } from "node:crypto";
import { behaviours, type HiredTestAgent, useOwnBoardroom } from "@boardroom/testing";
import { SignJWT } from "jose";
import { expect, it } from "vitest";

const boardroom = useOwnBoardroom();

/** Sets when the agent's next timer heartbeat is due. */
const makeTimerDue = ({ agent }: HiredTestAgent, inSec = 0) =>
  boardroom.ownerQuery(
    "update agent_schedules set next_wake_at = now() + make_interval(secs => $2) where agent_id = $1",
    [agent.id, inSec],
  );
/** So seldom that it is never due by itself while the tests run. */
const onTimer = { heartbeat: { enabled: true, intervalSec: 2_592_000 } };

async function newAgentOnTimer(hasWork: boolean) {
  const company = await boardroom.newCompany();
  const hired = await boardroom.hireHttpAgent(company, { behaviour: behaviours.finish(), runtimeConfig: onTimer });
  if (hasWork) {
    const { id } = hired.agent;
    await company.board.call("issues.create", {
      params: { cid: company.cid },
      body: { title: "Waits", status: "backlog", assigneeAgentId: id },
    });
    await boardroom.ownerQuery("update issues set status = 'in_review' where assignee_agent_id = $1", [id]);
  }
  return { company, hired };
}

it("a timer heartbeat goes from the cron trigger over the queue to a signed webhook and a run", async () => {
  const { company, hired } = await newAgentOnTimer(true);
  await makeTimerDue(hired);
  const before = boardroom.services.queue.deliveries().length;
  await boardroom.runScheduled();
  const { runId, payload } = await hired.server.webhook();
  expect(payload.data).toMatchObject({ wakeReason: "timer", taskId: null, context: { source: "timer" } });
  expect(await boardroom.waitForRun(company, runId, "succeeded")).toMatchObject({ invocationSource: "timer" });
  await boardroom.services.queue.whenIdle();
  expect(boardroom.services.queue.deliveries().slice(before)).toMatchObject([{ status: 200, retried: 0 }]);
  // The next one is a whole interval later, however often the trigger fires.
  await boardroom.runScheduled();
  await boardroom.services.queue.whenIdle();
  expect(hired.server.received).toHaveLength(1);
  const { nextWakeAt } = await company.board.call("agents.get", { params: { id: hired.agent.id } });
  expect(Date.parse(nextWakeAt ?? "") - Date.now()).toBeGreaterThan(2_000_000_000);
});

it("a heartbeat that is due within the minute waits in the queue for its second", async () => {
  const { hired } = await newAgentOnTimer(true);
  const dueAt = Date.now() + 2000;
  await makeTimerDue(hired, 2);
  await boardroom.runScheduled();
  expect(hired.server.received).toEqual([]);
  const { receivedAt } = await hired.server.webhook();
  expect(Math.abs(receivedAt - dueAt)).toBeLessThan(1500);
});

it("a timer that finds no work calls nobody, queues nothing and is counted", async () => {
  const { company, hired } = await newAgentOnTimer(false);
  await makeTimerDue(hired);
  await boardroom.runScheduled();
  await boardroom.services.queue.whenIdle();
  const ofAgent = { params: { id: hired.agent.id } };
  expect(await company.board.call("agents.wakes", ofAgent)).toEqual([]);
  expect(await company.board.call("agents.schedule", ofAgent)).toMatchObject({
    emptySkips: 1,
    lastEmptyAt: expect.any(String),
  });
  expect(hired.server.received).toEqual([]);
});

it("missed slots become one heartbeat, also when two triggers fire at once", async () => {
  const { hired } = await newAgentOnTimer(true);
  await makeTimerDue(hired, -7_200_000);
  await Promise.all([boardroom.runScheduled(), boardroom.runScheduled(), boardroom.runScheduled()]);
  await hired.server.webhook();
  await boardroom.services.queue.whenIdle();
  expect(hired.server.received).toHaveLength(1);
});

it("a paused agent's timer rests", async () => {
  const { company, hired } = await newAgentOnTimer(true);
  await company.board.call("agents.pause", { params: { id: hired.agent.id }, body: {} });
  await makeTimerDue(hired);
  await boardroom.runScheduled();
  await boardroom.services.queue.whenIdle();
  expect(hired.server.received).toEqual([]);
});

interface Forgery {
  key?: string;
  url?: string;
  signedBody?: string;
  at?: number;
}

/** A queue's signature as QStash makes it, or one that is wrong in some way. */
async function sign(body: string, { key, url, signedBody, at = Date.now() / 1000 }: Forgery = {}): Promise<string> {
  const { currentSigningKey } = boardroom.services.queue;
  const hash = createHash("sha256")
    .update(signedBody ?? body)
    .digest("base64url");
  return new SignJWT({ body: hash })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer("Upstash")
    .setSubject(url ?? `${boardroom.url}/api/queue/deliver`)
    .setNotBefore(Math.floor(at))
    .setExpirationTime(Math.floor(at) + 300)
    .setJti(randomUUID())
    .sign(new TextEncoder().encode(key ?? currentSigningKey));
}

const deliver = (body: string, signature?: string) =>
  fetch(`${boardroom.url}/api/queue/deliver`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(signature && { "upstash-signature": signature }) },
    body,
  });

it("takes only what the queue signed: no signature, another key, body, address or time is 401", async () => {
  const { company, hired } = await newAgentOnTimer(false);
  const { queue } = boardroom.services;
  queue.faults.hold();
  const body = JSON.stringify({ companyId: company.cid, runId: randomUUID() });
  const forgeries: Forgery[] = [
    { key: "sig_of_somebody_else_entirely_0123456789" },
    { signedBody: `${body} ` },
    { url: "https://elsewhere.example/api/queue/deliver" },
    { at: Date.now() / 1000 - 3600 },
    { at: Date.now() / 1000 + 3600 },
  ];
  expect((await deliver(body)).status).toBe(401);
  expect((await deliver(body, "not.a.token")).status).toBe(401);
  for (const forgery of forgeries) {
    const answer = await deliver(body, await sign(body, forgery));
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: "unauthenticated" }]);
  }
  expect((await deliver(body, await sign(body))).status).toBe(200);
  expect((await deliver(body, await sign(body, { key: queue.nextSigningKey }))).status).toBe(200);
  queue.faults.release();
  expect(hired.server.received).toEqual([]);
});
