import type { RunTokenClaims, TokenPort } from "@boardroom/domain";
import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";

export const issuer = "boardroom";
const audience = "boardroom-run";
/** How far the clocks of the database, which sets the lease, and of this machine may be apart. */
const clockToleranceSec = 5;

const claimsSchema = z.object({
  companyId: z.uuid(),
  agentId: z.uuid(),
  agentName: z.string(),
  runId: z.uuid(),
  fence: z.number().int().positive(),
  hasSecrets: z.boolean().optional(),
  exp: z.number(),
});

export interface Tokens extends TokenPort {
  /** The claims of a run token; null for one that we did not make or that is over. */
  verifyRunToken(token: string): Promise<RunTokenClaims | null>;
}

/** Makes and verifies run tokens: signed JWTs that live as long as the lease of their run. */
export function createTokens(jwtSecret: string): Tokens {
  const key = importHmacKey(jwtSecret);
  // A signature stays valid; only the time has to be looked at again.
  const verified = new Map<string, RunTokenClaims>();
  return {
    mintRunToken: async ({ expiresAt, ...claims }) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(Math.ceil(Date.parse(expiresAt) / 1000))
        .sign(await key),
    verifyRunToken: async (token) => {
      const known = verified.get(token);
      if (known) return Date.parse(known.expiresAt) + clockToleranceSec * 1000 > Date.now() ? known : null;
      const options = { issuer, audience, algorithms: ["HS256"], clockTolerance: clockToleranceSec };
      const jwt = await jwtVerify(token, await key, options).catch(() => null);
      const claims = claimsSchema.safeParse(jwt?.payload);
      if (!claims.success) return null;
      const { exp, ...rest } = claims.data;
      const result = { ...rest, expiresAt: new Date(exp * 1000).toISOString() };
      remember(verified, token, result);
      return result;
    },
  };
}

/** The key of tokens that only we make and read. */
export function importHmacKey(jwtSecret: string): Promise<CryptoKey> {
  if (jwtSecret.length < 32) throw new Error("The secret of run tokens must have at least 32 characters.");
  const how = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(jwtSecret), how, false, ["sign", "verify"]);
}

const maxRemembered = 2000;

/** Keeps the newest; a Map hands out its oldest entry first. */
function remember(verified: Map<string, RunTokenClaims>, token: string, claims: RunTokenClaims): void {
  const [oldest] = verified.keys();
  if (verified.size >= maxRemembered && oldest !== undefined) verified.delete(oldest);
  verified.set(token, claims);
}
