import { totp } from "@boardroom/testing/totp";
import { expect, it } from "vitest";
import { publicUrl, useApi } from "../test/use-api.ts";

const api = useApi();
const password = "correct horse";

/** A person with a cookie jar. */
function newPerson() {
  const email = `p${crypto.randomUUID()}@example.com`;
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map((pair) => pair.join("=")).join("; ");
  const post = async (path: string, body: object = {}) => {
    const headers = { origin: publicUrl, cookie: cookie() };
    const answer = await api.send("POST", `/api/auth${path}`, { headers, body });
    for (const each of answer.headers.getSetCookie()) {
      const [pair = ""] = each.split(";");
      const at = pair.indexOf("=");
      if (pair.length === at + 1) jar.delete(pair.slice(0, at));
      else jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  };
  return {
    email,
    jar,
    post,
    signIn: (word = password) => post("/sign-in/email", { email, password: word }),
    verify: (code: string, more = {}) => post("/two-factor/verify-totp", { code, ...more }),
    makeKey: async () => {
      const headers = { origin: publicUrl, cookie: cookie() };
      const { body } = await api.send("POST", "/api/board-api-keys", { headers, body: { name: "Script" } });
      return String(body.token);
    },
    isIn: async () => (await api.send("GET", "/api/companies", { headers: { cookie: cookie() } })).status === 200,
  };
}

async function personWithSecondFactor() {
  const person = newPerson();
  await person.post("/sign-up/email", { name: "Olga", email: person.email, password });
  const { status, body } = await person.post("/two-factor/enable", { password });
  expect(status).toBe(200);
  const key = new URL(body.totpURI).searchParams.get("secret") ?? "";
  // Made together: the next one is good already, and stays so if the half minute ends meanwhile.
  const [usedCode, code] = [totp(key), totp(key, 1)];
  expect((await person.verify(usedCode)).status).toBe(200);
  expect(await person.isIn()).toBe(true);
  await person.post("/sign-out");
  return { ...person, key, usedCode, code, backupCodes: body.backupCodes as string[] };
}

const rowOf = async (email: string) => {
  const { rows } = await api.owner.query(
    "select f.*, u.two_factor_enabled, (select count(*)::int from sessions s where s.user_id = u.id) as sessions " +
      "from users u left join second_factors f on f.user_id = u.id where u.email = $1",
    [email],
  );
  return rows[0];
};

it("asks nobody for a code who didn't confirm one, and takes the password to begin", async () => {
  const person = newPerson();
  await person.post("/sign-up/email", { name: "Olga", email: person.email, password });
  expect((await person.post("/two-factor/enable", { password: "wrong horse" })).body.code).toBe("INVALID_PASSWORD");
  expect((await person.post("/two-factor/enable", { password, method: "otp" })).status).toBe(400);
  expect((await person.post("/update-user", { twoFactorEnabled: true })).status).toBe(400);
  const { body } = await person.post("/two-factor/enable", { password });
  expect(body.totpURI).toContain("otpauth://totp/Boardroom:");
  expect((await person.verify("12345")).body.code).toBe("INVALID_CODE");
  await person.post("/sign-out");
  expect((await person.signIn()).body.user.email).toBe(person.email);
  expect(await person.isIn()).toBe(true);
});

it("gives no session for the password alone, and one for the code of the app; keys are asked for none", async () => {
  const person = await personWithSecondFactor();
  const answer = await person.signIn();
  expect(answer.body).toMatchObject({ twoFactorRedirect: true, twoFactorMethods: ["totp"] });
  expect(answer.body).not.toHaveProperty("token");
  expect(await person.isIn()).toBe(false);
  expect((await rowOf(person.email)).sessions).toBe(0);
  expect((await person.verify("12345")).body.code).toBe("INVALID_CODE");
  expect(await person.isIn()).toBe(false);
  expect((await person.verify(person.code)).status).toBe(200);
  expect(await person.isIn()).toBe(true);
  const key = await person.makeKey();
  await person.post("/sign-out");
  const withKey = await api.send("GET", "/api/companies", { headers: { authorization: `Bearer ${key}` } });
  expect(withKey.status).toBe(200);
});

it("lets a code in once, also of two sign-ins at the same moment", async () => {
  const person = await personWithSecondFactor();
  const thief = { ...newPerson(), email: person.email };
  await Promise.all([person.signIn(), thief.post("/sign-in/email", { email: person.email, password })]);
  const answers = await Promise.all([person.verify(person.code), thief.verify(person.code)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  expect(answers.find(({ status }) => status === 401)?.body.code).toBe("CODE_ALREADY_USED");
  expect([await person.isIn(), await thief.isIn()].sort()).toEqual([false, true]);
  expect((await rowOf(person.email)).sessions).toBe(1);
  await thief.post("/sign-in/email", { email: person.email, password });
  expect((await thief.verify(person.usedCode)).body.code).toBe("CODE_ALREADY_USED");
});

it("takes each backup code once, and none of the old ones after new ones are made", async () => {
  const person = await personWithSecondFactor();
  const use = async (code = "") => {
    await person.signIn();
    return await person.post("/two-factor/verify-backup-code", { code });
  };
  const [first, second] = person.backupCodes;
  expect(new Set(person.backupCodes).size).toBe(10);
  for (const code of person.backupCodes) expect(code).toMatch(/^[a-kmnp-z2-9]{5}-[a-kmnp-z2-9]{5}$/);
  expect((await use(first)).status).toBe(200);
  expect(await person.isIn()).toBe(true);
  expect((await person.post("/two-factor/generate-backup-codes", { password: "wrong horse" })).status).toBe(400);
  await person.post("/sign-out");
  expect((await use(first)).body.code).toBe("INVALID_BACKUP_CODE");
  expect(await person.isIn()).toBe(false);
  expect((await use(second)).status).toBe(200);
  const { body } = await person.post("/two-factor/generate-backup-codes", { password });
  expect(body.backupCodes).toHaveLength(10);
  await person.post("/sign-out");
  expect((await use(person.backupCodes[2])).body.code).toBe("INVALID_BACKUP_CODE");
  expect((await use(body.backupCodes[0])).status).toBe(200);
});

it("ends a sign-in after five wrong codes, and locks the account for a while after ten", async () => {
  const person = await personWithSecondFactor();
  for (const _ of [1, 2]) {
    await person.signIn();
    for (const code of ["1", "2", "3", "4", "5"]) expect((await person.verify(code)).body.code).toBe("INVALID_CODE");
  }
  await person.signIn();
  expect(await person.verify(person.code)).toMatchObject({
    status: 429,
    body: { code: "ACCOUNT_TEMPORARILY_LOCKED" },
  });
  await api.owner.query("update second_factors set locked_until = now() - interval '1 second' where id = $1", [
    (await rowOf(person.email)).id,
  ]);
  for (const code of ["1", "2", "3", "4", "5"]) await person.verify(code);
  expect((await person.verify(person.code)).body.code).toBe("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE");
  expect(await person.isIn()).toBe(false);
});

it("isn't passed by a new password, nor by a device that asks to be trusted", async () => {
  const person = await personWithSecondFactor();
  await person.signIn();
  expect((await person.verify(person.code, { trustDevice: true })).status).toBe(200);
  await person.post("/sign-out");
  expect((await person.signIn()).body.twoFactorRedirect).toBe(true);
  await person.post("/request-password-reset", { email: person.email });
  await api.settled();
  const mail = api.mails.find(({ to, subject }) => to === person.email && subject.startsWith("Set a new"));
  const token = decodeURIComponent(/token=(\S+)/.exec(mail?.text ?? "")?.[1] ?? "");
  expect((await person.post("/reset-password", { token, newPassword: "battery staple" })).status).toBe(200);
  expect(await person.isIn()).toBe(false);
  expect((await person.signIn("battery staple")).body.twoFactorRedirect).toBe(true);
  expect(await person.isIn()).toBe(false);
});

it("stores neither key nor backup codes readably, and shows the key to nobody again", async () => {
  const person = await personWithSecondFactor();
  const stored = JSON.stringify(await rowOf(person.email));
  for (const plain of [person.key, ...person.backupCodes]) expect(stored).not.toContain(plain);
  await person.signIn();
  await person.verify(person.code);
  expect((await person.post("/two-factor/get-totp-uri", { password })).status).toBe(404);
  expect((await person.post("/two-factor/enable", { password })).body.code).toBe("TOTP_ALREADY_ENABLED");
});

it("is turned off with the password, and then the password is enough again", async () => {
  const person = await personWithSecondFactor();
  await person.signIn();
  expect((await person.post("/two-factor/disable", { password })).status).toBe(401);
  await person.verify(person.code);
  expect((await person.post("/two-factor/disable", { password: "wrong horse" })).body.code).toBe("INVALID_PASSWORD");
  expect((await person.post("/two-factor/disable", { password })).status).toBe(200);
  expect(await rowOf(person.email)).toMatchObject({ id: null, two_factor_enabled: false });
  await person.post("/sign-out");
  await person.signIn();
  expect(await person.isIn()).toBe(true);
});
