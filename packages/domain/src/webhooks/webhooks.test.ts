import { webhookDelivery, webhookEndpoint } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { createGoal } from "../goals/index.ts";
import { createLabel } from "../labels/index.ts";
import * as webhooks from "./index.ts";
import { maxEndpoints, retryDelaysSec } from "./limits.ts";
import { planDeliveries } from "./plan-deliveries.ts";

const db = useDomainDatabase();
const url = "https://hooks.example.com/boardroom";

/** A company with an address that is told of its goals. */
async function listening(eventTypes = ["goal."]) {
  const tenant = await db.newTenant();
  const endpoint = await webhooks.createWebhookEndpoint(tenant.board, { url, eventTypes });
  const of = { id: endpoint.id };
  return {
    ...tenant,
    endpoint,
    of,
    deliveries: async () => (await webhooks.listWebhookDeliveries(tenant.board, { ...of, limit: 200 })).items,
    get: () => webhooks.getWebhookEndpoint(tenant.board, of),
    setGoal: (title: string) => createGoal(tenant.board, { title }),
    deliver: () => webhooks.deliverEvents(tenant.board),
    makeDue: () =>
      db.owner.query(
        "update webhook_deliveries set next_attempt_at = now() where endpoint_id = $1 and status = 'pending'",
        [endpoint.id],
      ),
  };
}
const sentTo = ({ ports }: Pick<Tenant, "ports">) =>
  ports.eventWebhooks.sent.map(({ body }) => JSON.parse(body) as { type: string; data: { entityId: string } });

describe("an endpoint", () => {
  it("is told what was asked for from its making on, once, with what the live feed says", async () => {
    const tenant = await db.newTenant();
    await createGoal(tenant.board, { title: "Before" });
    const given = await webhooks.createWebhookEndpoint(tenant.board, { url, eventTypes: ["goal.created"] });
    expect(webhookEndpoint.parse(given)).toMatchObject({ url, status: "active", pendingCount: 0 });
    expect(given.webhookSecret).toMatch(/^whsec_/);
    const { id } = await createGoal(tenant.board, { title: "After" });
    await createLabel(tenant.board, { name: "Not told", color: "#000000" });
    await Promise.all([1, 2, 3].map(() => webhooks.deliverEvents(tenant.board)));
    expect(sentTo(tenant)).toMatchObject([
      {
        type: "goal.created",
        data: { companyId: tenant.companyId, entityType: "goal", entityId: id, actorType: "user" },
      },
    ]);
    const { items } = await webhooks.listWebhookDeliveries(tenant.board, { id: given.id, limit: 10 });
    expect(webhookDelivery.array().parse(items)).toMatchObject([{ status: "delivered", attempts: [{ status: 204 }] }]);
  });

  it.each([
    [[], ["goal.created", "label.created", "webhook_endpoint.created"]],
    [["goal.", "label.deleted"], ["goal.created"]],
    [["goal"], []],
    [["%."], []],
  ])("that asks for %j is told %j", async (eventTypes, told) => {
    const given = await listening(eventTypes);
    await given.setGoal("A");
    await createLabel(given.board, { name: "l", color: "#000000" });
    await given.deliver();
    expect(
      sentTo(given)
        .map(({ type }) => type)
        .sort(),
    ).toEqual(told);
  });

  it("gets through a feed of many pages, each entry once, though several read it at a time", async () => {
    const given = await listening(["test."]);
    await db.owner.query(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       select $1, 'system', 'system', 'test.done', 'test', n::text from generate_series(1, 950) n`,
      [given.companyId],
    );
    const plans = await Promise.all(Array.from({ length: 6 }, () => planDeliveries(given.board)));
    expect(plans.reduce((sum, { planned }) => sum + planned, 0)).toBe(950);
    await given.deliver();
    expect(new Set(sentTo(given).map(({ data }) => data.entityId)).size).toBe(950);
    expect(given.ports.eventWebhooks.sent).toHaveLength(950);
  });

  it("is not told what an older transaction that is still open could come before, until that ended", async () => {
    const given = await listening();
    const client = await db.owner.connect();
    try {
      await client.query("begin");
      await client.query("select pg_current_xact_id()");
      await given.setGoal("Held back");
      await given.deliver();
      expect(given.ports.eventWebhooks.sent).toEqual([]);
      expect(given.ports.eventWebhooks.toDeliver).toEqual([{ companyIds: [given.companyId], delayMs: 1000 }]);
      await client.query("commit");
    } finally {
      client.release();
    }
    await given.deliver();
    expect(sentTo(given)).toHaveLength(1);
  });

  it("that does not take it is asked again, later each time, until no attempt is left", async () => {
    const given = await listening();
    given.ports.eventWebhooks.answer = () => ({ status: 500, error: "The address answered 500." });
    await given.setGoal("A");
    const waits: number[] = [];
    for (const _ of [...retryDelaysSec, "last"]) {
      await given.deliver();
      const [delivery] = await given.deliveries();
      if (delivery?.nextAttemptAt) waits.push((Date.parse(delivery.nextAttemptAt) - Date.now()) / 1000);
      await given.makeDue();
    }
    expect(waits).toHaveLength(retryDelaysSec.length);
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan((retryDelaysSec[index] ?? 0) - 2);
      expect(wait).toBeLessThan((retryDelaysSec[index] ?? 0) * 1.2 + 1);
    }
    const [delivery] = await given.deliveries();
    expect(delivery).toMatchObject({ status: "failed", nextAttemptAt: null });
    expect(delivery?.attempts).toHaveLength(7);
    expect(await given.get()).toMatchObject({
      status: "active",
      failingSince: expect.any(String),
      lastDeliveredAt: null,
    });
    expect(await given.deliver()).toBe(0);
  });

  it("waits as long as it was asked to", async () => {
    const given = await listening();
    given.ports.eventWebhooks.answer = () => ({ status: 429, error: "No.", retryAfterMs: 1_800_000 });
    await given.setGoal("A");
    await given.deliver();
    const [delivery] = await given.deliveries();
    expect(Date.parse(delivery?.nextAttemptAt ?? "") - Date.now()).toBeGreaterThan(1_790_000);
  });

  it("that nothing has reached for three days is stopped, once, and what waits rests until it is started", async () => {
    const given = await listening();
    given.ports.eventWebhooks.answer = () => ({ error: "No." });
    await given.setGoal("A");
    await given.setGoal("B");
    await given.deliver();
    await db.owner.query("update webhook_endpoints set failing_since = now() - interval '73 hours' where id = $1", [
      given.endpoint.id,
    ]);
    await given.makeDue();
    await given.deliver();
    expect(await given.get()).toMatchObject({
      status: "disabled",
      disabledReason: "Nothing has got through for 3 days.",
    });
    expect((await given.deliveries()).map(({ status, nextAttemptAt }) => [status, nextAttemptAt])).toEqual([
      ["pending", null],
      ["pending", null],
    ]);
    const { rows } = await db.owner.query(
      "select count(*)::int as count from activity_log where company_id = $1 and action = 'webhook_endpoint.stopped'",
      [given.companyId],
    );
    expect(rows).toEqual([{ count: 1 }]);
    given.ports.eventWebhooks.answer = () => ({ status: 200, isDelivered: true });
    await given.setGoal("While it is stopped");
    expect(await given.deliver()).toBe(0);
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "active" });
    expect(await given.deliver()).toBe(2);
    expect(await given.get()).toMatchObject({ status: "active", disabledReason: null, failingSince: null });
  });

  it("whose sender died is told by somebody else after a while, and the one who comes late settles nothing", async () => {
    const given = await listening();
    await given.setGoal("A");
    const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const send = given.ports.eventWebhooks.send;
    given.ports.eventWebhooks.send = async (webhook) => {
      given.ports.eventWebhooks.send = send;
      begin();
      await allowed;
      return { ...(await send(webhook)), isDelivered: false, error: "Late." };
    };
    const late = given.deliver();
    await begun;
    await given.makeDue();
    expect(await given.deliver()).toBe(1);
    allow();
    await late;
    expect(await given.deliveries()).toMatchObject([{ status: "delivered", attempts: [{ error: null }] }]);
  });

  it("forgets what is older than a month", async () => {
    const given = await listening();
    await given.setGoal("A");
    await given.deliver();
    await db.owner.query(
      "update webhook_deliveries set created_at = now() - interval '31 days' where endpoint_id = $1",
      [given.endpoint.id],
    );
    await given.setGoal("B");
    await given.deliver();
    expect(await given.deliveries()).toHaveLength(1);
  });

  it("belongs to its company alone, and a company has fifty", async () => {
    const [mine, other] = await Promise.all([listening(), listening()]);
    const notFound = { code: "not_found" };
    const { of } = other;
    const since = new Date().toISOString();
    for (const attempt of [
      () => webhooks.getWebhookEndpoint(mine.board, of),
      () => webhooks.updateWebhookEndpoint(mine.board, { ...of, status: "disabled" }),
      () => webhooks.deleteWebhookEndpoint(mine.board, of),
      () => webhooks.rotateEndpointSecret(mine.board, of),
      () => webhooks.listWebhookDeliveries(mine.board, { ...of, limit: 10 }),
      () => webhooks.testWebhookEndpoint(mine.board, of),
      () => webhooks.replayDeliveries(mine.board, { ...of, since }),
    ])
      await expect(attempt()).rejects.toMatchObject(notFound);
    await mine.setGoal("Mine");
    await other.deliver();
    expect(other.ports.eventWebhooks.sent).toEqual([]);
    const made = await Promise.allSettled(
      Array.from({ length: maxEndpoints }, () => webhooks.createWebhookEndpoint(mine.board, { url })),
    );
    expect(made.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { code: "conflict" } }]);
  });

  it("is looked after by the tick when nobody was called for it", async () => {
    const given = await listening();
    await given.setGoal("A");
    const system = db.database.system("test");
    const { eventWebhooks } = given.ports;
    expect(await webhooks.sweepEndpoints(system, eventWebhooks)).toBe(0);
    await db.owner.query("update webhook_endpoints set checked_at = now() - interval '3 minutes' where id = $1", [
      given.endpoint.id,
    ]);
    expect(await webhooks.sweepEndpoints(system, eventWebhooks)).toBe(1);
    expect(eventWebhooks.toDeliver).toEqual([{ companyIds: [given.companyId], delayMs: 0 }]);
    expect(await webhooks.sweepEndpoints(system, eventWebhooks)).toBe(0);
    given.ports.eventWebhooks.answer = () => ({ error: "No." });
    await given.deliver();
    await given.makeDue();
    expect(await webhooks.sweepEndpoints(system, eventWebhooks)).toBe(1);
  });
});

describe("what did not get through", () => {
  it("is sent once more since a time: what failed, and what happened while the endpoint was stopped, in its order", async () => {
    const given = await listening();
    const since = new Date(Date.now() - 60_000).toISOString();
    const replay = () => webhooks.replayDeliveries(given.board, { ...given.of, since });
    await given.setGoal("Delivered");
    await given.deliver();
    given.ports.eventWebhooks.answer = () => ({ error: "No." });
    const failed = await given.setGoal("Failed");
    await given.deliver();
    await db.owner.query(
      "update webhook_deliveries set status = 'failed', next_attempt_at = null where endpoint_id = $1 and status = 'pending'",
      [given.endpoint.id],
    );
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "disabled" });
    const missed = await given.setGoal("Missed");
    await expect(replay()).rejects.toMatchObject({ code: "conflict" });
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "active" });
    given.ports.eventWebhooks.answer = () => ({ status: 200, isDelivered: true });
    given.ports.eventWebhooks.sent.splice(0);
    expect(await replay()).toEqual({ count: 2, hasMore: false });
    expect(await replay()).toEqual({ count: 0, hasMore: false });
    await given.deliver();
    expect(new Set(sentTo(given).map(({ data }) => data.entityId))).toEqual(new Set([failed.id, missed.id]));
    expect(await replay()).toEqual({ count: 0, hasMore: false });
  });

  it("is at most a thousand at a time, and the rest the next time", async () => {
    const given = await listening(["test."]);
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "disabled" });
    await db.owner.query(
      `insert into activity_log (company_id, actor_type, actor_id, action, entity_type, entity_id)
       select $1, 'system', 'system', 'test.done', 'test', n::text from generate_series(1, 1200) n`,
      [given.companyId],
    );
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "active" });
    const since = new Date(Date.now() - 60_000).toISOString();
    const replay = () => webhooks.replayDeliveries(given.board, { ...given.of, since });
    expect(await replay()).toEqual({ count: 1000, hasMore: true });
    expect(await replay()).toEqual({ count: 200, hasMore: false });
  });

  it("a single delivery goes again under its own webhook-id; one of another endpoint does not", async () => {
    const given = await listening();
    const other = await webhooks.createWebhookEndpoint(given.board, { url, eventTypes: ["nothing."] });
    await given.setGoal("A");
    await given.deliver();
    const [delivery] = await given.deliveries();
    const deliveryId = delivery?.id ?? "";
    expect(await webhooks.replayDeliveries(given.board, { ...given.of, deliveryId })).toEqual({
      count: 1,
      hasMore: false,
    });
    await given.deliver();
    const [first, second] = given.ports.eventWebhooks.sent;
    expect(second).toEqual(first);
    await expect(webhooks.replayDeliveries(given.board, { id: other.id, deliveryId })).rejects.toMatchObject({
      code: "invalid_reference",
    });
  });
});

describe("a test", () => {
  it("is sent at once, also to an endpoint that is stopped, and says how it went", async () => {
    const given = await listening();
    await webhooks.updateWebhookEndpoint(given.board, { ...given.of, status: "disabled" });
    const tested = await webhooks.testWebhookEndpoint(given.board, given.of);
    expect(webhookDelivery.parse(tested)).toMatchObject({
      eventType: "webhook.test",
      status: "delivered",
      eventId: null,
    });
    expect(sentTo(given)).toMatchObject([{ type: "webhook.test", data: { endpointId: given.endpoint.id } }]);
    expect(await given.get()).toMatchObject({ status: "disabled" });
  });

  it("is sent once", async () => {
    const given = await listening();
    given.ports.eventWebhooks.answer = () => ({ status: 500, error: "No." });
    expect(await webhooks.testWebhookEndpoint(given.board, given.of)).toMatchObject({ status: "failed" });
    expect(await given.deliver()).toBe(0);
  });

  it("keeps no secret that an answer says", async () => {
    const given = await listening();
    given.ports.eventWebhooks.answer = () => ({
      status: 200,
      isDelivered: true,
      response: "Authorization: Bearer abcdefgh12345678",
    });
    const { attempts } = await webhooks.testWebhookEndpoint(given.board, given.of);
    expect(attempts[0]?.response).not.toContain("abcdefgh12345678");
  });
});
