import { notificationPreferences, pendingDecision, pushSubscription } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { approveApproval, createApproval, settleApprovals } from "../approvals/index.ts";
import { listDecisions, setDecisionPolicy, snoozeDecision } from "../decisions/index.ts";
import { createInteraction } from "../interactions/index.ts";
import { createIssue, updateIssue } from "../issues/index.ts";
import { replaceReviews } from "../reviews/index.ts";
import { deliverNotifications } from "./deliver-notifications.ts";
import {
  createPushSubscription,
  deletePushSubscription,
  listPushSubscriptions,
  notifyAll,
  notifyPeople,
  preferNotifications,
  readPreferences,
  unsubscribeFromMail,
} from "./index.ts";
import { makeNotifications } from "./make-notifications.ts";

const db = useDomainDatabase();
const system = () => db.database.system("test");
const endpoint = "https://push.example.com/one";
const subscription = { endpoint, p256dh: "B".repeat(87), auth: "A".repeat(22), label: "Phone" };
const wishes = {
  emailKinds: ["approval" as const],
  pushKinds: ["approval" as const],
  quietFrom: null,
  quietTo: null,
  timeZone: "UTC",
  urgentBreaksQuiet: true,
};

/** A company whose owner gets mail, with an agent that asks. */
async function given() {
  const tenant = await db.newTenant();
  await db.owner.query("insert into users (id, name, email, email_verified) values ($1, 'Olga Owner', $2, true)", [
    tenant.ownerId,
    `${tenant.ownerId.toLowerCase()}@example.com`,
  ]);
  const asAda = tenant.asAgent(await hireAgent(tenant.board, draftOf("Ada")));
  const ask = (title = "Ship it?") => createApproval(asAda, { type: "request_board_approval", payload: { title } });
  const notify = () => notifyPeople(system(), tenant.board);
  const states = async () =>
    (
      await db.owner.query("select channel, status, problem from notifications where company_id = $1 order by id", [
        tenant.companyId,
      ])
    ).rows;
  return { tenant, board: tenant.board, asAda, ask, notify, states, notifier: tenant.ports.notifier };
}
const later = (companyId: string) =>
  db.owner.query(
    "update notifications set due_at = due_at - interval '1 day', claimed_until = claimed_until - interval '1 hour' where company_id = $1",
    [companyId],
  );

describe("telling people", () => {
  it("tells each person once over each channel, however many tell at the same time", async () => {
    const { board, ask, notify, notifier, tenant, states } = await given();
    await createPushSubscription(board, subscription);
    const { id } = await ask();
    await Promise.all([notify(), notify(), notify(), notify()]);
    await notifyAll(system(), () => board);
    expect(notifier.mails).toHaveLength(1);
    expect(notifier.mails[0]).toMatchObject({
      subject: "Ada asks: Ship it?",
      headers: { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" },
    });
    expect(notifier.mails[0]?.text).toContain(`/decisions/approval/${id}`);
    expect(notifier.pushes).toMatchObject([
      { target: { endpoint }, notice: { title: "Ada asks: Ship it?", tag: id.replaceAll("-", "") } },
    ]);
    expect(await states()).toMatchObject([{ status: "sent" }, { status: "sent" }]);
    expect(tenant.companyId).toBe(board.db.companyId);
  });

  it("tells nobody what was answered meanwhile, nor who asks, nor who may not answer", async () => {
    const { tenant, board, ask, notifier, states } = await given();
    const vera = await tenant.member("viewer");
    const { id } = await ask();
    await makeNotifications(board);
    await approveApproval(board, { id });
    await deliverNotifications(system(), board);
    expect(notifier.mails).toEqual([]);
    expect(await states()).toMatchObject([{ status: "skipped" }]);
    await createApproval(board, { type: "request_board_approval", payload: {} });
    await makeNotifications(board);
    expect(await states()).toHaveLength(1);
    expect(vera.actor.kind).toBe("user");
  });

  it("is taken over when the sender dies, under the same key", async () => {
    const { tenant, board, ask, notify, notifier, states } = await given();
    await ask();
    notifier.outcome = () => {
      throw new Error("The Worker was killed");
    };
    await expect(notify()).rejects.toThrow();
    expect(await states()).toMatchObject([{ status: "sending" }]);
    notifier.outcome = () => ({ kind: "sent" });
    expect(await deliverNotifications(system(), board)).toBe(0);
    await later(tenant.companyId);
    expect(await deliverNotifications(system(), board)).toBe(1);
    expect(new Set(notifier.mails.map(({ key }) => key)).size).toBe(1);
  });

  it("tries again when told to wait, forgets browsers that are gone, and reaches each browser once", async () => {
    const { tenant, board, ask, notify, notifier, states } = await given();
    await unsubscribeFromMail(board, tenant.ownerId);
    await createPushSubscription(board, subscription);
    await createPushSubscription(board, { ...subscription, endpoint: `${endpoint}/two` });
    await createPushSubscription(board, { ...subscription, endpoint: `${endpoint}/gone` });
    let tries = 0;
    notifier.outcome = (_, target) =>
      target.endsWith("/gone")
        ? { kind: "gone" }
        : target.endsWith("/two") && tries++ === 0
          ? { kind: "later", afterMs: 5000, problem: "429" }
          : { kind: "sent" };
    await ask();
    await notify();
    expect(await states()).toMatchObject([{ channel: "push", status: "pending", problem: "429" }]);
    expect(await listPushSubscriptions(board)).toHaveLength(2);
    await later(tenant.companyId);
    await notify();
    expect(await states()).toMatchObject([{ status: "sent" }]);
    const reached = notifier.pushes.map(({ target }) => target.endpoint.slice(endpoint.length));
    expect(reached.sort()).toEqual(["", "/gone", "/two", "/two"]);
  });

  it("waits for the end of quiet hours, unless it is urgent, and escalation is", async () => {
    const { tenant, board, ask, notify, notifier } = await given();
    await setDecisionPolicy(board, {
      type: "request_board_approval",
      quorum: 1,
      minimumRole: "admin",
      graceSeconds: 0,
      escalateAfterSec: 60,
      expiresAfterSec: null,
    });
    await preferNotifications(board, { ...wishes, quietFrom: "00:00", quietTo: "23:59", timeZone: "Asia/Tokyo" });
    const { id } = await ask();
    const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Asia/Tokyo" }).format(new Date());
    await notify();
    if (clock !== "23:59") {
      expect(notifier.mails).toEqual([]);
      const { rows } = await db.owner.query(
        "select to_char(due_at at time zone 'Asia/Tokyo', 'HH24:MI') as at, due_at > now() as later from notifications where company_id = $1",
        [tenant.companyId],
      );
      expect(rows).toEqual([{ at: "23:59", later: true }]);
    }
    await db.owner.query("update approvals set pending_since = pending_since - interval '1 hour' where id = $1", [id]);
    await settleApprovals(system(), () => board);
    await notify();
    expect(notifier.mails.map(({ subject }) => subject)).toEqual(["Urgent: Ada asks: Ship it?"]);
  });

  it("keeps to what a person wants to hear of", async () => {
    const { board, ask, notify, notifier } = await given();
    expect(notificationPreferences.parse(await readPreferences(board))).toMatchObject({
      timeZone: "UTC",
      quietFrom: null,
    });
    await preferNotifications(board, { ...wishes, emailKinds: ["budget_incident"] });
    await ask();
    await notify();
    expect(notifier.mails).toEqual([]);
    await expect(preferNotifications(board, { ...wishes, timeZone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("browsers", () => {
  it("replaces the same browser, keeps ten, and takes no address that isn't public", async () => {
    const { tenant, board } = await given();
    for (let n = 0; n < 12; n++) {
      await createPushSubscription(board, { ...subscription, endpoint: `${endpoint}/${n % 11}` });
    }
    const listed = pushSubscription.array().parse(await listPushSubscriptions(board));
    expect(listed).toHaveLength(10);
    await expect(
      createPushSubscription(board, { ...subscription, endpoint: "http://169.254.169.254/" }),
    ).rejects.toMatchObject({ code: "unsafe_url" });
    const other = await tenant.member("admin");
    await expect(deletePushSubscription(other, { sid: listed[0]?.id ?? "" })).rejects.toMatchObject({
      code: "not_found",
    });
    await deletePushSubscription(board, { sid: listed[0]?.id ?? "" });
    expect(await listPushSubscriptions(board)).toHaveLength(9);
  });
});

describe("the queue", () => {
  it("has all kinds in one list, what is urgent first, without what one has put off", async () => {
    const { tenant, board, asAda, ask } = await given();
    const approval = await ask();
    const issue = await createIssue(board, { title: "Grow" });
    await createInteraction(asAda, {
      id: issue.id,
      kind: "request_confirmation",
      payload: { version: 1, prompt: "Really?" },
    });
    await db.owner.query(
      "update issues set status = 'blocked', blocked_owner_user_id = $2, blocked_action = 'Buy a domain' where id = $1",
      [issue.id, tenant.ownerId],
    );
    const { id: reviewed } = await createIssue(board, { title: "Look", assigneeAgentId: asAda.actor.id });
    const stages = [{ kind: "review" as const, reviewerUserId: tenant.ownerId }];
    const [stage] = await replaceReviews(board, { id: reviewed, stages });
    expect(await listDecisions(board, { snoozed: false, limit: 10 })).toHaveLength(3);
    for (const status of ["in_progress", "in_review"] as const) await updateIssue(board, { id: reviewed, status });
    await db.owner.query("update approvals set escalated_at = now() where id = $1", [approval.id]);
    const listed = pendingDecision.array().parse(await listDecisions(board, { snoozed: false, limit: 10 }));
    expect(listed.map(({ kind, title }) => [kind, title])).toEqual(
      [
        ["approval", "asks: Ship it?"],
        ["blocked_issue", "is blocked: Buy a domain"],
        ["interaction", "asks: Really?"],
        ["review", "asks for a review: Look"],
      ].sort((a, b) => listed.findIndex(({ kind }) => kind === a[0]) - listed.findIndex(({ kind }) => kind === b[0])),
    );
    expect(listed[0]).toMatchObject({ kind: "approval", isUrgent: true });
    expect(listed.find(({ kind }) => kind === "review")).toMatchObject({
      id: stage?.id,
      askedBy: "Ada",
      assigneeUserId: tenant.ownerId,
      issueId: reviewed,
    });
    expect(await notifyAll(system(), () => board)).toBe(4);
    const rules = { quorum: 1, graceSeconds: 0, escalateAfterSec: null, expiresAfterSec: null };
    await setDecisionPolicy(board, { type: "hire_agent", ...rules, minimumRole: "owner" });
    await setDecisionPolicy(board, { type: "request_board_approval", ...rules, minimumRole: "operator" });
    expect((await listDecisions(board, { snoozed: false, limit: 10 })).map(({ minimumRole }) => minimumRole)).toEqual(
      listed.map(() => "operator"),
    );
    const until = new Date(Date.now() + 60_000).toISOString();
    await snoozeDecision(board, { kind: "approval", did: approval.id, until });
    expect(await listDecisions(board, { snoozed: false, limit: 10 })).toHaveLength(3);
    expect((await listDecisions(board, { snoozed: true, limit: 10 }))[0]?.snoozedUntil).toBe(until);
    await snoozeDecision(board, { kind: "approval", did: approval.id, until: null });
    expect(await listDecisions(board, { snoozed: false, limit: 10 })).toHaveLength(4);
    const other = await db.newTenant();
    expect(await listDecisions(other.board, { snoozed: false, limit: 10 })).toEqual([]);
  });
});
