import { SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { createTokens } from "./tokens.ts";

const secret = "s".repeat(32);
const tokens = createTokens(secret);
const id = "01989e5e-0000-7000-8000-000000000001";
const claims = { companyId: id, agentId: id, agentName: "Ada", runId: id, fence: 7 };
const inSeconds = (seconds: number) => new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toISOString();

/** A token of our form, signed by somebody who knows the secret but not the rules. */
const forge = (algorithm: string, over: { issuer?: string; audience?: string; key?: string; payload?: object }) =>
  new SignJWT({ ...claims, ...over.payload })
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(over.issuer ?? "boardroom")
    .setAudience(over.audience ?? "boardroom-run")
    .setExpirationTime("1m")
    .sign(new TextEncoder().encode(over.key ?? secret));

describe("run tokens", () => {
  it("say of whom and until when they are", async () => {
    const expiresAt = inSeconds(60);
    const token = await tokens.mintRunToken({ ...claims, expiresAt });
    expect(await tokens.verifyRunToken(token)).toEqual({ ...claims, expiresAt });
  });

  it("end with the lease", async () => {
    const token = await tokens.mintRunToken({ ...claims, expiresAt: inSeconds(-30) });
    expect(await tokens.verifyRunToken(token)).toBeNull();
  });

  it("are refused when somebody else made them", async () => {
    expect(await tokens.verifyRunToken(await forge("HS256", { key: "t".repeat(32) }))).toBeNull();
    expect(await tokens.verifyRunToken(await forge("HS512", { key: secret.repeat(2) }))).toBeNull();
    expect(await tokens.verifyRunToken(await forge("HS256", { issuer: "elsewhere" }))).toBeNull();
    expect(await tokens.verifyRunToken(await forge("HS256", { audience: "elsewhere" }))).toBeNull();
  });

  it("are refused without what a run needs", async () => {
    expect(await tokens.verifyRunToken(await forge("HS256", { payload: { fence: "7" } }))).toBeNull();
    expect(await tokens.verifyRunToken(await forge("HS256", { payload: { companyId: "' or 1=1" } }))).toBeNull();
  });

  it("are refused unsigned", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = { ...claims, iss: "boardroom", aud: "boardroom-run", exp: Math.ceil(Date.now() / 1000) + 60 };
    for (const junk of [`${part({ alg: "none" })}.${part(body)}.`, "a.b.c", "", "x"]) {
      expect(await tokens.verifyRunToken(junk)).toBeNull();
    }
  });

  it("are not made with a short secret", () => {
    expect(() => createTokens("short")).toThrow(/32/);
  });
});
