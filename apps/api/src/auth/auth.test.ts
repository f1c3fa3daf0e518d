import { describe, expect, it } from "vitest";
import { publicUrl, useApi } from "../test/use-api.ts";
import { sessionCookieName } from "./session-cookie.ts";

const api = useApi();
const origin = { origin: publicUrl };
const password = "correct horse";
const newEmail = () => `p${crypto.randomUUID()}@example.com`;
const auth = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  api.send("POST", `/api/auth${path}`, { headers: { ...origin, ...headers }, body });
const signUp = (email: string) => auth("/sign-up/email", { name: "Olga <Owner>", email, password });
const cookieOf = ({ headers }: { headers: Headers }) =>
  headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");

describe("signing up", () => {
  it("signs in at once and sends a link to the board's page", async () => {
    const email = newEmail();
    const answer = await signUp(email);
    await api.settled();
    expect(answer.status).toBe(200);
    expect((await api.send("GET", "/api/companies", { headers: { cookie: cookieOf(answer) } })).status).toBe(200);
    const mail = api.mails.find(({ to }) => to === email);
    const token = /http:\/\/localhost:8787\/verify-email\?token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "";
    expect(mail?.html).toContain("Olga &lt;Owner&gt;");
    expect((await api.send("GET", `/api/auth/verify-email?token=${token}`)).status).toBe(200);
    const { rows } = await api.owner.query("select email_verified from users where email = $1", [email]);
    expect(rows).toEqual([{ email_verified: true }]);
  });

  it("gives a cookie that scripts can't read and other sites can't send", async () => {
    const [cookie = ""] = (await signUp(newEmail())).headers.getSetCookie();
    expect(cookie).toMatch(new RegExp(`^${sessionCookieName(publicUrl).replace(".", "\\.")}=`));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(sessionCookieName("https://boardroom.example")).toBe("__Secure-boardroom.session_token");
  });

  it("refuses what can't be, in Better Auth's words", async () => {
    const email = newEmail();
    await signUp(email);
    expect((await signUp(email)).body.code).toMatch(/^USER_ALREADY_EXISTS/);
    expect(await auth("/sign-up/email", { name: "x", email: "no address", password })).toMatchObject({ status: 400 });
    expect((await auth("/sign-up/email", { name: "x", email: newEmail(), password: "short" })).body.code).toBe(
      "PASSWORD_TOO_SHORT",
    );
    expect((await auth("/sign-in/email", { email, password: "wrong horse" })).body.code).toBe(
      "INVALID_EMAIL_OR_PASSWORD",
    );
  });
});

describe("a forgotten password", () => {
  it("is set anew by the link, once, and ends all sessions", async () => {
    const email = newEmail();
    const before = cookieOf(await signUp(email));
    await auth("/request-password-reset", { email, redirectTo: "/reset-password" });
    await api.settled();
    const mail = api.mails.find(({ to, subject }) => to === email && subject.startsWith("Set a new"));
    const token = decodeURIComponent(/\/reset-password\?token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "");
    expect((await auth("/reset-password", { token, newPassword: "battery staple" })).status).toBe(200);
    expect((await auth("/reset-password", { token, newPassword: "battery staple" })).status).toBe(400);
    expect((await api.send("GET", "/api/companies", { headers: { cookie: before } })).status).toBe(401);
    expect((await auth("/sign-in/email", { email, password: "battery staple" })).status).toBe(200);
  });

  it("does not tell who has an account", async () => {
    const email = newEmail();
    await signUp(email);
    const [known, unknown] = [
      await auth("/request-password-reset", { email }),
      await auth("/request-password-reset", { email: newEmail() }),
    ];
    expect(known.body).toEqual(unknown.body);
  });
});

describe("hostile requests", () => {
  const paths = [
    "/sign-up/email",
    "/sign-in/email",
    "/request-password-reset",
    "/reset-password",
    "/sign-out",
    "/revoke-sessions",
    "/update-user",
    "/change-password",
    "/change-email",
    "/delete-user",
    "/list-sessions",
    "/nothing",
    "/sign-in/social",
    "/revoke-session",
    "/get-session",
    "/error",
    "/verify-email",
    "/refresh-token",
    "/get-access-token",
    "/update-session",
    "/two-factor/enable",
    "/two-factor/disable",
    "/two-factor/verify-totp",
    "/two-factor/verify-backup-code",
    "/two-factor/generate-backup-codes",
  ];
  const bodies: unknown[] = [
    {},
    [],
    null,
    7,
    { email: { $ne: null }, password: ["a"], name: {} },
    { email: "a\u0000@example.com", password: "a\u0000bcdefgh", name: "\ud800" },
    { email: `${"a".repeat(1000)}@example.com`, password: "x".repeat(1500), name: "n".repeat(1500) },
    { email: newEmail(), password: "x".repeat(5000), name: "n", token: "t".repeat(5000) },
    {
      email: newEmail(),
      password,
      name: "n",
      image: "javascript:alert(1)",
      id: "1",
      emailVerified: true,
      role: "admin",
    },
    { token: "x", newPassword: password, callbackURL: "https://evil.example", redirectTo: "https://evil.example" },
    {
      name: 1,
      image: {},
      newEmail: 3,
      currentPassword: null,
      newPassword: null,
      revokeOtherSessions: "x",
      provider: "google",
      code: { $gt: "" },
      method: "sms",
    },
  ];

  it.each(paths)("never break %s", async (path) => {
    const cookie = cookieOf(await signUp(newEmail()));
    for (const body of bodies) {
      for (const headers of [{}, { cookie }] as Record<string, string>[]) {
        const { status } = await auth(path, body, headers);
        expect([JSON.stringify(body).slice(0, 80), status < 500]).toEqual([JSON.stringify(body).slice(0, 80), true]);
      }
    }
    for (const query of [
      "",
      "?token=%00",
      "?token=x",
      "?callbackURL=https://evil.example",
      "?a=%ff",
      `?token=${"x".repeat(9000)}`,
    ]) {
      const response = await api.app.fetch(
        new Request(`${publicUrl}/api/auth${path}${query}`, { headers: { cookie }, redirect: "manual" }),
      );
      expect([query, response.status < 500]).toEqual([query, true]);
      expect(response.headers.get("location") ?? "").not.toMatch(/^https:\/\/evil/);
    }
  });

  it("never break on what is no JSON", async () => {
    for (const raw of ["{", "", "null", "x".repeat(100_000), "a=b"]) {
      const { status } = await api.send("POST", "/api/auth/sign-in/email", {
        raw,
        headers: { ...origin, "content-type": "application/json" },
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    }
  });
});
