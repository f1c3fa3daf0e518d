import { generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CompactSign, type JWK } from "jose";
import { afterAll, describe, expect, it } from "vitest";
import { openSeenJobs } from "./seen-jobs.ts";
import { verifyJob } from "./verify-job.ts";

const folder = mkdtempSync(join(tmpdir(), "jobs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pair = (): { key: KeyObject; jwk: JWK } => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { key: privateKey, jwk: { ...publicKey.export({ format: "jwk" }) } as JWK };
};
const ours = pair();
const theirs = pair();
const runnerId = randomUUID();
const nowMs = Date.parse("2026-11-21T12:00:00Z");
const seconds = nowMs / 1000;

const job = { kind: "environment_test", testId: randomUUID(), adapter: { type: "process", config: {} } };
const claims = (over: object = {}) => ({
  iss: "https://boardroom.example",
  aud: runnerId,
  jti: randomUUID(),
  iat: seconds,
  exp: seconds + 60,
  job,
  ...over,
});
const sign = (payload: unknown, key = ours.key, alg = "EdDSA") =>
  new CompactSign(new TextEncoder().encode(typeof payload === "string" ? payload : JSON.stringify(payload)))
    .setProtectedHeader({ alg })
    .sign(key);
const newSeen = (now = () => nowMs) => openSeenJobs(join(folder, `${randomUUID()}.json`), now);
const verify = (jws: string, seen = newSeen()) => verifyJob(jws, { serverKey: ours.jwk, runnerId, nowMs, seen });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a signed job", () => {
  it("is believed when our server signed it for us just now", async () => {
    expect(await verify(await sign(claims()))).toEqual(job);
  });

  it("is refused when somebody else signed it", async () => {
    await expect(verify(await sign(claims(), theirs.key))).rejects.toMatchObject({ code: "job_refused" });
  });

  it("is refused unsigned, or signed in another way than with the pinned key", async () => {
    const body = part(claims());
    const hostile = [
      `${part({ alg: "none" })}.${body}.`,
      `${part({ alg: "EdDSA" })}.${body}.`,
      `${part({ alg: "HS256" })}.${body}.AAAA`,
      `${part({ alg: "EdDSA", jwk: theirs.jwk })}.${body}.${"A".repeat(86)}`,
      "a.b.c",
      "",
      ".",
      "..",
      "x".repeat(100_000),
    ];
    for (const jws of hostile)
      await expect(verify(jws), jws.slice(0, 40)).rejects.toMatchObject({ code: "job_refused" });
  });

  it("is refused when a byte of it was changed", async () => {
    const [header, , signature] = (await sign(claims())).split(".");
    await expect(verify(`${header}.${part(claims({ aud: runnerId }))}.${signature}`)).rejects.toThrow(/signed/);
  });

  it("is refused when it is for another runner, too old or from the future", async () => {
    await expect(verify(await sign(claims({ aud: randomUUID() })))).rejects.toThrow(/another runner/);
    await expect(verify(await sign(claims({ iat: seconds - 200, exp: seconds - 100 })))).rejects.toThrow(/too old/);
    await expect(verify(await sign(claims({ iat: seconds + 100, exp: seconds + 200 })))).rejects.toThrow(/future/);
  });

  it("is refused a second time, also after a restart", async () => {
    const jws = await sign(claims());
    const file = join(folder, "again.json");
    await verify(
      jws,
      openSeenJobs(file, () => nowMs),
    );
    await expect(
      verify(
        jws,
        openSeenJobs(file, () => nowMs),
      ),
    ).rejects.toThrow(/before/);
  });

  it("is refused when its payload isn't what a job is", async () => {
    const payloads = ["", "null", "[]", "{}", "{", '"job"', JSON.stringify(claims({ job: { kind: "shell" } }))];
    for (const payload of payloads) {
      await expect(verify(await sign(payload)), payload).rejects.toMatchObject({ code: "job_refused" });
    }
  });

  it("isn't used up by a forgery with the same number", async () => {
    const jti = randomUUID();
    const seen = newSeen();
    await expect(verify(await sign(claims({ jti }), theirs.key), seen)).rejects.toThrow();
    expect(await verify(await sign(claims({ jti })), seen)).toEqual(job);
  });
});
