import type { WebhookDelivery } from "@boardroom/contract";
import { behaviours, startAgent, type TestAgent, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { afterEach, describe, expect, it } from "vitest";
import { refusalOf } from "./agent-work.ts";

const boardroom = useOwnBoardroom();
const receivers: TestAgent[] = [];
afterEach(async () => {
  boardroom.services.queue.faults.clear();
  await Promise.all(receivers.splice(0).map((receiver) => receiver.stop()));
});

interface Listening {
  company: TestCompany;
  receiver: TestAgent;
  id: string;
  secret: string;
  deliveries(): Promise<WebhookDelivery[]>;
}

/** A company with an address that is told of its goals. */
async function listening(behaviour = behaviours.status(204), eventTypes: string[] = ["goal."]): Promise<Listening> {
  const company = await boardroom.newCompany();
  const receiver = await startAgent(behaviour);
  receivers.push(receiver);
  const { id, webhookSecret } = await company.board.call("webhookEndpoints.create", {
    params: { cid: company.cid },
    body: { url: receiver.url, eventTypes },
  });
  const secret = webhookSecret ?? "";
  receiver.trust(secret);
  const deliveries = () => company.board.call("webhookEndpoints.deliveries", { params: { id } });
  return { company, receiver, id, secret, deliveries };
}

const setGoal = ({ company }: Listening, title: string) =>
  company.board.call("goals.create", { params: { cid: company.cid }, body: { title } });
const told = ({ receiver }: Listening) =>
  receiver.received.map(({ body }) => JSON.parse(body) as { type: string; timestamp: string; data: Told });
interface Told {
  companyId: string;
  entityId: string;
  actorName: string;
}
const waitUntilTold = (given: Listening, count: number) =>
  expect.poll(() => given.receiver.received.length, { timeout: 20_000 }).toBe(count);

describe("what happens in a company", () => {
  it("is told signed, within moments, in its order, and only what was asked for", async () => {
    const given = await listening();
    const goals = [await setGoal(given, "One"), await setGoal(given, "Two")];
    await given.company.board.call("labels.create", { params: { cid: given.company.cid }, body: { name: "Not told" } });
    await waitUntilTold(given, 2);
    const bodies = told(given);
    expect(bodies.map(({ data }) => data.entityId).sort()).toEqual(goals.map(({ id }) => id).sort());
    expect(bodies[0]).toMatchObject({ type: "goal.created", data: { companyId: given.company.cid } });
    expect(given.receiver.refusedCount()).toBe(0);
    await expect
      .poll(async () => (await given.deliveries()).map(({ status }) => status))
      .toEqual(["delivered", "delivered"]);
    const [delivery] = await given.deliveries();
    expect(delivery?.attempts).toMatchObject([{ status: 204, error: null }]);
    expect(given.receiver.received.map(({ headers }) => headers["webhook-id"])).toContain(delivery?.messageId);
  });

  it("is told once, whatever the queue repeats and however many write at once", async () => {
    const given = await listening();
    boardroom.services.queue.faults.duplicate(1);
    boardroom.services.queue.faults.reorder(0.5, 200);
    await Promise.all(Array.from({ length: 40 }, (_, n) => setGoal(given, `Goal ${n}`)));
    await waitUntilTold(given, 40);
    await boardroom.services.queue.whenIdle();
    expect(new Set(given.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(40);
    expect(given.receiver.received).toHaveLength(40);
  });

  it("is told by the tick where who wrote died before the queue had it", async () => {
    const given = await listening();
    await boardroom.ownerQuery(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       values ($1, 'system', 'system', 'goal.created', 'goal', 'left')`,
      [given.company.cid],
    );
    await boardroom.ownerQuery("update webhook_endpoints set checked_at = now() - interval '1 hour' where id = $1", [
      given.id,
    ]);
    await boardroom.runScheduled();
    await waitUntilTold(given, 1);
  });

  it("is told in the end by another Worker where one died in the middle of it", async () => {
    const given = await listening(behaviours.neverAnswer());
    await setGoal(given, "Left");
    await waitUntilTold(given, 1);
    await boardroom.killWorker();
    given.receiver.behave(behaviours.status(204));
    await boardroom.restartWorker();
    await boardroom.ownerQuery(
      "update webhook_deliveries set next_attempt_at = now() where endpoint_id = $1 and status = 'pending'",
      [given.id],
    );
    await boardroom.runScheduled();
    await expect.poll(async () => (await given.deliveries())[0]?.status, { timeout: 20_000 }).toBe("delivered");
    const ids = given.receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
  });
});

describe("an address that does not take it", () => {
  it.each([
    ["answers 500", behaviours.status(500), { status: 500, error: "The address answered 500." }],
    ["redirects", behaviours.redirect("http://127.0.0.1:1/"), { status: 307 }],
    ["hangs up", behaviours.hangUp(), { status: null }],
  ])("and %s is tried again later, and shown why", async (_, behaviour, attempt) => {
    const given = await listening(behaviour);
    await setGoal(given, "Try");
    await expect.poll(async () => (await given.deliveries())[0]?.attempts.length, { timeout: 20_000 }).toBe(1);
    const [delivery] = await given.deliveries();
    expect(delivery).toMatchObject({ status: "pending", attempts: [attempt] });
    expect(Date.parse(delivery?.nextAttemptAt ?? "")).toBeGreaterThan(Date.now() + 2000);
    given.receiver.behave(behaviours.status(200, {}, "thanks"));
    await expect.poll(async () => (await given.deliveries())[0]?.status, { timeout: 20_000 }).toBe("delivered");
    const [delivered] = await given.deliveries();
    expect(delivered?.attempts).toMatchObject([attempt, { status: 200, response: "thanks" }]);
    expect(new Set(given.receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  });

  it("and answers 410 is stopped, which the log and the board tell, and may be started again", async () => {
    const given = await listening(behaviours.status(410));
    const { board, cid } = given.company;
    await setGoal(given, "Unwanted");
    const endpoint = () => board.call("webhookEndpoints.get", { params: { id: given.id } });
    await expect.poll(async () => (await endpoint()).status, { timeout: 20_000 }).toBe("disabled");
    expect((await endpoint()).disabledReason).toContain("wants no more");
    const [stopped] = await board.call("companies.activity", {
      params: { cid },
      query: { action: "webhook_endpoint.stopped" },
    });
    expect(stopped).toMatchObject({ entityId: given.id, actorType: "system" });
    await setGoal(given, "While stopped");
    given.receiver.behave(behaviours.status(204));
    const replay = (body: object) => board.call("webhookEndpoints.replay", { params: { id: given.id }, body });
    expect((await refusalOf(replay({ since: new Date(Date.now() - 60_000).toISOString() }))).status).toBe(409);
    await board.call("webhookEndpoints.update", { params: { id: given.id }, body: { status: "active" } });
    expect(await replay({ since: new Date(Date.now() - 60_000).toISOString() })).toEqual({ count: 2, hasMore: false });
    await expect
      .poll(async () => (await given.deliveries()).filter(({ status }) => status === "delivered").length, {
        timeout: 20_000,
      })
      .toBe(2);
    expect(await replay({ since: new Date(Date.now() - 60_000).toISOString() })).toEqual({ count: 0, hasMore: false });
  });

  it("is not called at all where it may not be", async () => {
    const { board, cid } = await boardroom.newCompany();
    for (const url of ["https://169.254.169.254/", "https://10.0.0.1/", "http://example.com/", "ftp://example.com"]) {
      const refused = await refusalOf(board.call("webhookEndpoints.create", { params: { cid }, body: { url } }));
      expect(refused).toMatchObject({ status: 422, code: "unsafe_url" });
    }
  });
});

describe("the board", () => {
  it("sends a test at once and sees what came of it", async () => {
    const given = await listening(behaviours.status(200, {}, "hello"));
    const test = () => given.company.board.call("webhookEndpoints.test", { params: { id: given.id } });
    expect(await test()).toMatchObject({
      eventType: "webhook.test",
      status: "delivered",
      attempts: [{ response: "hello" }],
    });
    given.receiver.behave(behaviours.status(503));
    expect(await test()).toMatchObject({ status: "failed", attempts: [{ status: 503 }] });
  });

  it("sends one delivery once more under the same webhook-id", async () => {
    const given = await listening();
    await setGoal(given, "Again");
    await expect.poll(async () => (await given.deliveries())[0]?.status, { timeout: 20_000 }).toBe("delivered");
    const [first] = await given.deliveries();
    await given.company.board.call("webhookEndpoints.replay", {
      params: { id: given.id },
      body: { deliveryId: first?.id ?? "" },
    });
    await waitUntilTold(given, 2);
    const [ids, bodies] = [
      given.receiver.received.map(({ headers }) => headers["webhook-id"]),
      given.receiver.received.map(({ body }) => body),
    ];
    expect(new Set(ids).size).toBe(1);
    expect(new Set(bodies).size).toBe(1);
    expect((await given.deliveries())[0]).toMatchObject({ replayOfId: first?.id });
  });

  it("signs with both secrets during a rotation", async () => {
    const given = await listening();
    const rotate = () => given.company.board.call("webhookEndpoints.rotateSecret", { params: { id: given.id } });
    const { webhookSecret } = await rotate();
    expect((await refusalOf(rotate())).status).toBe(409);
    await setGoal(given, "With the old one");
    await waitUntilTold(given, 1);
    given.receiver.trust(webhookSecret);
    await setGoal(given, "With the new one");
    await waitUntilTold(given, 2);
    expect(given.receiver.refusedCount()).toBe(0);
  });
});
