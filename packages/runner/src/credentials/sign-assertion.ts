import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { DeviceKey } from "./device-key.ts";

const lifetimeSec = 55;

/** What this device shows to get a token: signed with its own key, good for a minute and for one use. */
export function signAssertion(
  key: DeviceKey,
  claims: { runnerId: string; companyId: string; audience: string; nowMs: number },
): Promise<string> {
  const issuedAt = Math.floor(claims.nowMs / 1000);
  return new SignJWT({ companyId: claims.companyId })
    .setProtectedHeader({ alg: "EdDSA", typ: "JWT" })
    .setIssuer(claims.runnerId)
    .setAudience(claims.audience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSec)
    .setJti(randomUUID())
    .sign(key.privateKey);
}
