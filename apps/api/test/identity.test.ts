import { useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { declared, forEachOf, guardedIds, paramsOf, pathOf } from "./support/calls.ts";
import { readMailedLink } from "./support/mailbox.ts";
import { type Answer, refusalOf, send } from "./support/send.ts";
import { newTenant } from "./support/tenant.ts";

const boardroom = useBoardroom();
const cookieOf = ({ headers }: Answer) =>
  headers
    .getSetCookie()
    .map((each) => each.split(";", 1)[0])
    .join("; ");
const auth = (path: string, body: object, headers: Record<string, string> = {}) =>
  send(boardroom.url, "POST", `/auth${path}`, { headers: { origin: boardroom.url, ...headers }, body });
const signIn = (email: string, password: string) => auth("/sign-in/email", { email, password });
const statusOf = async (cookie: string) =>
  (await send(boardroom.url, "GET", "/companies", { headers: { cookie } })).status;

/** Follows a link as a browser does, from redirect to redirect. */
async function open(link: URL): Promise<{ status: number; url: string; html: string }> {
  const response = await fetch(link);
  return { status: response.status, url: response.url, html: await response.text() };
}

describe("signing up", () => {
  it("signs in at once, and the mailed link confirms the address", async () => {
    const { email, cookie } = await boardroom.signUp();
    expect(await statusOf(cookie)).toBe(200);
    const verified = () => boardroom.ownerQuery("select email_verified from users where email = $1", [email]);
    expect(await verified()).toEqual([{ email_verified: false }]);
    const link = await readMailedLink(boardroom, email, /confirm/i);
    expect(link.origin).toBe(boardroom.url);
    const page = await open(link);
    expect(page).toMatchObject({ status: 200, html: expect.stringContaining("confirmed") });
    expect(page.url).not.toContain("token");
    expect(await verified()).toEqual([{ email_verified: true }]);
  });

  it("gives a cookie for this site alone that no script reads", async () => {
    const email = `p${crypto.randomUUID()}@example.com`;
    const answer = await auth("/sign-up/email", { name: "Olga", email, password: "correct horse" });
    const [cookie = "", ...others] = answer.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/; Max-Age=2592000/);
    expect(cookie).not.toMatch(/; Domain=/i);
  });

  it("does not confirm an address by a false link", async () => {
    const { email } = await boardroom.signUp();
    const link = await readMailedLink(boardroom, email, /confirm/i);
    const token = link.searchParams.get("token") ?? "";
    link.searchParams.set("token", `${token.slice(0, -4)}AAAA`);
    expect((await open(link)).html).toContain("no longer good");
    expect(await boardroom.ownerQuery("select email_verified from users where email = $1", [email])).toEqual([
      { email_verified: false },
    ]);
  });
});

describe("a forgotten password", () => {
  it("is set anew by the mailed link, once, and every session ends", async () => {
    const { email, password, cookie } = await boardroom.signUp();
    expect((await auth("/request-password-reset", { email, redirectTo: "/reset-password" })).status).toBe(200);
    const link = await readMailedLink(boardroom, email, /new password/i);
    expect((await open(link)).status).toBe(200);
    const token = link.searchParams.get("token");
    expect((await auth("/reset-password", { token, newPassword: "battery staple" })).status).toBe(200);
    expect((await auth("/reset-password", { token, newPassword: "another staple" })).status).toBe(400);
    expect(await statusOf(cookie)).toBe(401);
    expect((await signIn(email, password)).status).toBe(401);
    expect(await statusOf(cookieOf(await signIn(email, "battery staple")))).toBe(200);
  });

  it("tells nobody who has an account", async () => {
    const { email } = await boardroom.signUp();
    const [known, unknown] = [
      await auth("/request-password-reset", { email }),
      await auth("/request-password-reset", { email: "nobody@example.com" }),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    const [wrong, nobody] = [await signIn(email, "wrong horse"), await signIn("nobody@example.com", "wrong horse")];
    expect([wrong.status, wrong.text]).toEqual([nobody.status, nobody.text]);
  });
});

describe("signing out", () => {
  it("ends this session and no other", async () => {
    const { email, password, cookie } = await boardroom.signUp();
    const other = cookieOf(await signIn(email, password));
    expect((await auth("/sign-out", {}, { cookie })).status).toBe(200);
    expect([await statusOf(cookie), await statusOf(other)]).toEqual([401, 200]);
  });

  it("everywhere ends all of them", async () => {
    const { email, password, cookie } = await boardroom.signUp();
    const others = [cookieOf(await signIn(email, password)), cookieOf(await signIn(email, password))];
    expect((await auth("/revoke-sessions", {}, { cookie })).status).toBe(200);
    expect(await Promise.all([cookie, ...others].map(statusOf))).toEqual([401, 401, 401]);
  });

  it("elsewhere leaves this one", async () => {
    const { email, password, cookie } = await boardroom.signUp();
    const other = cookieOf(await signIn(email, password));
    expect((await auth("/revoke-other-sessions", {}, { cookie })).status).toBe(200);
    expect([await statusOf(cookie), await statusOf(other)]).toEqual([200, 401]);
  });

  it("can't be done to somebody by another site", async () => {
    const { cookie } = await boardroom.signUp();
    const answer = await auth("/sign-out", {}, { cookie, origin: "https://evil.example" });
    expect(answer.status).toBe(403);
    expect(await statusOf(cookie)).toBe(200);
  });
});

it("a session ends by itself", async () => {
  const { email, cookie } = await boardroom.signUp();
  await boardroom.ownerQuery(
    "update sessions set expires_at = now() - interval '1 second' where user_id = (select id from users where email = $1)",
    [email],
  );
  expect(await statusOf(cookie)).toBe(401);
});

const origins: [string, Record<string, string>][] = [
  ["another site", { origin: "https://evil.example" }],
  ["a site whose name begins like ours", { origin: "http://127.0.0.1.evil.example" }],
  ["another port", { origin: "http://127.0.0.1:1" }],
  ["a sandboxed frame", { origin: "null" }],
  ["no origin at all", {}],
];

describe("a cookie changes nothing for a page of", () => {
  const writes = guardedIds.filter((id) => declared(id).effect !== "read" && declared(id).callers.includes("user"));
  it.each(origins)("%s", async (_, headers) => {
    const tenant = await newTenant(boardroom);
    await forEachOf(writes, 6, async (id) => {
      const sent = { headers: { cookie: tenant.owner.cookie, ...headers }, body: {} };
      const answer = await send(boardroom.url, declared(id).method, pathOf(id, paramsOf(id, tenant.ids)), sent);
      expect([id, refusalOf(answer, id)]).toEqual([id, "403 bad_origin"]);
    });
  });

  it("our own, embedded elsewhere", async () => {
    const { headers } = await boardroom.signUp();
    const sent = { headers: { ...headers, "sec-fetch-site": "cross-site" }, body: { name: "Acme" } };
    expect(refusalOf(await send(boardroom.url, "POST", "/companies", sent))).toBe("403 bad_origin");
  });
});

it("no other site may read an answer", async () => {
  const { cookie } = await boardroom.signUp();
  const headers = { cookie, origin: "https://evil.example" };
  const answer = await send(boardroom.url, "GET", "/companies", { headers });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  expect((await send(boardroom.url, "OPTIONS", "/companies", { headers })).status).toBe(405);
});
