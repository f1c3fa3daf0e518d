import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { findLinks, type LocalMailbox, startMailbox } from "../index.ts";

let dir: string;
let mailbox: LocalMailbox;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "boardroom-mail-"));
  mailbox = await startMailbox({ dir });
});

beforeEach(() => mailbox.clear());

afterAll(async () => {
  await mailbox?.stop();
  await rm(dir, { recursive: true, force: true });
});

const mail = { from: "Boardroom <no-reply@example.com>", to: "ada@example.com", subject: "Hello", text: "Hi" };
const post = (body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${mailbox.url}/emails`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { authorization: `Bearer ${mailbox.apiKey}`, "content-type": "application/json", ...headers },
  });
const page = async () => (await fetch(mailbox.url)).text();

it("accepts an e-mail and lists it, newest first", async () => {
  const answer = await post(mail);
  expect(answer.status).toBe(200);
  const { id } = (await answer.json()) as { id: string };
  await post({ ...mail, to: ["bob@example.com"], subject: "Second" });
  expect(await (await fetch(`${mailbox.url}/emails.json`)).json()).toMatchObject([
    { subject: "Second" },
    { id, to: ["ada@example.com"] },
  ]);
  expect(await (await fetch(`${mailbox.url}/emails/${id}`)).json()).toMatchObject({ object: "email", id, text: "Hi" });
  const html = await page();
  expect(html.indexOf("Second")).toBeLessThan(html.indexOf("Hello"));
});

it("takes the same idempotency key once", async () => {
  const send = async () => (await post(mail, { "idempotency-key": "k1" })).json();
  expect(await send()).toEqual(await send());
  expect(mailbox.messages()).toHaveLength(1);
});

it("waits for an e-mail that has yet to come, and says so when none does", async () => {
  const waiting = mailbox.waitFor({ to: "eve@example.com", subject: /reset/i });
  await post({ ...mail, to: "Eve <eve@example.com>", subject: "Welcome" });
  await post({ ...mail, to: "Eve <eve@example.com>", subject: "Reset your password" });
  expect(await waiting).toMatchObject({ subject: "Reset your password" });
  await expect(mailbox.waitFor({ to: "nobody@example.com" }, 20)).rejects.toMatchObject({ code: "timeout" });
});

it("shows a message's text and links, and runs nothing of it", async () => {
  const html = `<p>Click <a href="https://example.com/reset?a=1&amp;b=2">here</a></p><script>alert(1)</script>`;
  await post({ ...mail, subject: "<img src=x onerror=alert(1)>", html, text: undefined });
  const shown = await page();
  expect(shown).toContain('href="https://example.com/reset?a=1&amp;b=2"');
  expect(shown).toContain("&lt;img src=x");
  expect(shown).not.toMatch(/<script|<img/);
  expect((await fetch(mailbox.url)).headers.get("content-security-policy")).toContain("default-src 'none'");
});

it("finds the links of a message and never a script's", () => {
  const html = `<a href="javascript:alert(1)">x</a><a href='https://a.example/1'>y</a>`;
  expect(findLinks({ html, text: "See https://b.example/2. Or (https://b.example/3)" })).toEqual([
    "https://a.example/1",
    "https://b.example/2",
    "https://b.example/3",
  ]);
});

it("refuses what the provider would refuse, in its shape", async () => {
  const refusal = async (body: unknown, headers?: Record<string, string>) => (await post(body, headers)).json();
  expect(await refusal(mail, { authorization: "" })).toMatchObject({ statusCode: 401, name: "missing_api_key" });
  expect(await refusal(mail, { authorization: "Bearer no" })).toMatchObject({ statusCode: 403 });
  for (const field of ["from", "to", "subject", "text"]) {
    expect(await refusal({ ...mail, [field]: undefined })).toMatchObject({
      statusCode: 422,
      name: "missing_required_field",
    });
  }
  expect(await refusal({ ...mail, to: "nobody" })).toMatchObject({ statusCode: 422, name: "validation_error" });
  for (const body of ["", "[", "1", "null"]) expect(await refusal(body)).toMatchObject({ statusCode: 400 });
  expect(mailbox.messages()).toEqual([]);
});

it("fails as often as it is told to", async () => {
  mailbox.faults.fail(503, 2);
  expect([(await post(mail)).status, (await post(mail)).status, (await post(mail)).status]).toEqual([503, 503, 200]);
});

it("keeps its messages over a restart", async () => {
  await post(mail);
  await mailbox.stop();
  mailbox = await startMailbox({ dir });
  expect(mailbox.messages()).toMatchObject([{ subject: "Hello" }]);
});
