import { createHash } from "node:crypto";
import { behaviours, startPushService, type TestCompany, useOwnBoardroom } from "@boardroom/testing";
import { compactVerify, createRemoteJWKSet } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { print } from "./support/print.ts";

const boardroom = useOwnBoardroom();
let pushes: Awaited<ReturnType<typeof startPushService>>;
beforeAll(async () => {
  pushes = await startPushService();
});
afterAll(() => pushes.stop());

interface Mail {
  to: string[];
  subject: string;
  text: string;
  headers: Record<string, string>;
}

const rules = {
  quorum: 1,
  minimumRole: "admin",
  graceSeconds: 0,
  escalateAfterSec: null,
  expiresAfterSec: null,
} as const;

/** A company whose owner confirmed their address. */
async function newCompany() {
  const company = await boardroom.newCompany({ requireBoardApprovalForNewAgents: true });
  await boardroom.ownerQuery("update users set email_verified = true where email = $1", [company.owner.email]);
  return company;
}
const ask = ({ board, cid }: TestCompany, title: string) =>
  board.call("approvals.create", { params: { cid }, body: { type: "request_board_approval", payload: { title } } });
/** Somebody else's wish, since nobody is told of their own. */
async function askAsAgent(company: TestCompany, title: string) {
  const { agent, withKey } = await boardroom.hireHttpAgent(company, { behaviour: behaviours.finish() });
  const key = await withKey();
  const approval = await key.call("approvals.create", {
    params: { cid: company.cid },
    body: { type: "request_board_approval", payload: { title } },
  });
  return { approval, name: agent.name };
}
const mailsTo = async (email: string) => {
  const mails: Mail[] = await (await fetch(`${boardroom.addresses.mailboxUrl}/emails.json`)).json();
  return mails.filter(({ to, subject }) => to.includes(email) && subject.includes("asks"));
};
const subscribe = (company: TestCompany, body: ReturnType<typeof pushes.subscribe>) =>
  company.board.call("pushSubscriptions.create", { params: { cid: company.cid }, body });

it("tells by mail and by push, once each, and both lead to where it is answered", async () => {
  const company = await newCompany();
  const subscription = pushes.subscribe();
  await subscribe(company, subscription);
  const { approval, name } = await askAsAgent(company, "May I order paper?");
  const mine = () => pushes.received.filter(({ path }) => subscription.endpoint.endsWith(path));
  await expect.poll(() => mine().length).toBe(1);
  await expect.poll(() => mailsTo(company.owner.email).then(({ length }) => length)).toBe(1);
  await Promise.all([boardroom.runScheduled(), boardroom.runScheduled()]);
  expect([mine().length, (await mailsTo(company.owner.email)).length, pushes.refused]).toEqual([1, 1, []]);
  const path = `/${company.company.issuePrefix.toLowerCase()}/decisions/approval/${approval.id}`;
  expect(mine()[0]).toMatchObject({
    topic: approval.id.replaceAll("-", ""),
    subject: boardroom.url,
    notice: { title: `${name} asks: May I order paper?`, url: path },
  });
  const [mail] = await mailsTo(company.owner.email);
  expect(mail?.text).toContain(boardroom.url + path);

  const [, link = ""] = /<(.+)>/.exec(mail?.headers["List-Unsubscribe"] ?? "") ?? [];
  expect(await (await fetch(link)).text()).toContain("<button>Unsubscribe");
  const unsubscribed = await fetch(link, { method: "POST", body: "List-Unsubscribe=One-Click" });
  expect(unsubscribed.status).toBe(200);
  expect((await company.board.call("notifications.preferences", { params: { cid: company.cid } })).emailKinds).toEqual(
    [],
  );
  expect((await fetch(`${link}x`, { method: "POST" })).status).toBe(401);
});

it("waits when a push service says so, forgets browsers that are gone, and outlives one that says nothing", async () => {
  const company = await newCompany();
  let isBusy = true;
  const busy = pushes.subscribe(() => (isBusy ? { status: 429, headers: { "retry-after": "120" } } : { status: 201 }));
  await subscribe(company, busy);
  await subscribe(
    company,
    pushes.subscribe(() => ({ status: 410 })),
  );
  const silent = pushes.subscribe(() => "silence");
  await subscribe(company, silent);
  await askAsAgent(company, "Still there?");
  const state = async () =>
    (
      await boardroom.ownerQuery<{ status: string; problem: string | null; wait: number }>(
        "select status, problem, extract(epoch from due_at - now())::int as wait from notifications where company_id = $1 and channel = 'push'",
        [company.cid],
      )
    )[0];
  await expect.poll(async () => (await state())?.problem ?? null, { timeout: 40_000 }).not.toBeNull();
  expect((await state())?.wait).toBeGreaterThan(20);
  expect(await company.board.call("pushSubscriptions.list", { params: { cid: company.cid } })).toHaveLength(2);
  const listed = await company.board.call("pushSubscriptions.list", { params: { cid: company.cid } });
  expect(listed.every(({ lastReachedAt }) => lastReachedAt === null)).toBe(true);
  isBusy = false;
  await boardroom.ownerQuery("delete from push_subscriptions where endpoint = $1", [silent.endpoint]);
  await boardroom.ownerQuery("update notifications set due_at = now() where company_id = $1", [company.cid]);
  await boardroom.runScheduled();
  expect(await state()).toMatchObject({ status: "sent" });
  const got = pushes.received.filter(({ path }) => busy.endpoint.endsWith(path));
  expect(got).toHaveLength(1);
});

it("lets each approved hire take effect once, through a killed Worker, its queue and several ticks", async () => {
  const seed = boardroom.addresses.seed;
  print(`Grace windows under a killed Worker, seed ${seed}`);
  const company = await newCompany();
  const { board, cid } = company;
  await board.call("decisionPolicies.set", {
    params: { cid, type: "hire_agent" },
    body: { ...rules, graceSeconds: 2 },
  });
  const requester = await boardroom.hireHttpAgent(company, { behaviour: behaviours.finish() });
  const key = await requester.withKey();
  const names = Array.from({ length: 8 }, (_, at) => `Candidate ${at}`);
  const proposals = await Promise.all(
    names.map((name) =>
      key.call("agents.hire", { params: { cid }, body: { name, adapterConfig: { url: "http://127.0.0.1:9/" } } }),
    ),
  );
  const ids = proposals.map(({ approval }) => approval?.id ?? "");
  const approve = (id: string) =>
    board.call("approvals.approve", { params: { id }, body: {} }).catch((error: unknown) => error);
  const clicks = Promise.all(ids.flatMap((id) => [approve(id), approve(id)]));
  await new Promise((resolve) => setTimeout(resolve, 50 + (seed % 200)));
  await boardroom.killWorker();
  await clicks;
  await boardroom.restartWorker();
  await Promise.all(ids.flatMap((id) => [approve(id), approve(id)]));
  await boardroom.ownerQuery("update approvals set effect_at = now() where company_id = $1 and effected_at is null", [
    cid,
  ]);
  await Promise.all([boardroom.runScheduled(), boardroom.runScheduled(), boardroom.runScheduled()]);
  await boardroom.services.queue.whenIdle();
  const agents = await board.call("agents.list", { params: { cid } });
  expect(
    agents
      .map(({ name }) => name)
      .filter((name) => name.startsWith("Candidate"))
      .sort(),
  ).toEqual(names);
  const wakes = await boardroom.ownerQuery<{ count: number }>(
    "select count(*)::int from activity_log where company_id = $1 and action = 'approval.took_effect'",
    [cid],
  );
  expect(wakes[0]?.count).toBe(8);
});

it("closes a grace window through the queue alone", async () => {
  const company = await newCompany();
  const { board, cid } = company;
  await board.call("decisionPolicies.set", {
    params: { cid, type: "request_board_approval" },
    body: { ...rules, graceSeconds: 1 },
  });
  const { id } = await ask(company, "Soon?");
  const approved = await board.call("approvals.approve", { params: { id }, body: {} });
  expect(approved).toMatchObject({ status: "approved", effectedAt: null });
  await expect
    .poll(async () => (await board.call("approvals.get", { params: { id } })).effectedAt, { timeout: 30_000 })
    .not.toBeNull();
});

it("signs a receipt that anybody verifies with the published key, and that finds a changed payload", async () => {
  const company = await newCompany();
  const { board } = company;
  const { id } = await ask(company, "Sign here?");
  await board.call("approvals.approve", { params: { id }, body: { decisionNote: "Yes" } });
  const { jws, claims } = await board.call("approvals.receipt", { params: { id } });
  const keys = createRemoteJWKSet(new URL("/api/.well-known/jwks.json", boardroom.url));
  const { payload, protectedHeader } = await compactVerify(jws, keys);
  expect(protectedHeader).toMatchObject({ alg: "EdDSA", typ: "boardroom-receipt+jwt" });
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(claims);
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  expect(claims).toMatchObject({ payloadSha256: hash('{"title":"Sign here?"}'), noteSha256: hash("Yes") });
  expect(claims.payloadSha256).not.toBe(hash('{"title":"Sign there?"}'));
  const [head, body, signature] = jws.split(".");
  const forged = Buffer.from(JSON.stringify({ ...claims, decision: "rejected" })).toString("base64url");
  await expect(compactVerify([head, forged, signature].join("."), keys)).rejects.toThrow();
  expect(body).not.toBe(forged);
  await expect
    .poll(() => boardroom.ownerQuery("select jws from approval_receipts where approval_id = $1", [id]))
    .toEqual([{ jws }]);
});
