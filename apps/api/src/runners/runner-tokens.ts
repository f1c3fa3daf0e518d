import type { RunnerTokenClaims } from "@boardroom/domain";
import { jwtVerify, SignJWT } from "jose";
import * as z from "zod";
import { importHmacKey, issuer } from "../tokens.ts";

const audience = "boardroom-runner";
const lifeSec = 3600;

const claimsSchema = z.object({ companyId: z.uuid(), runnerId: z.uuid(), name: z.string() });

export interface RunnerTokens {
  mintRunnerToken(claims: RunnerTokenClaims): Promise<{ token: string; expiresAt: string }>;
  /** The claims of a runner's token; null for one that we did not make or that is over. */
  verifyRunnerToken(token: string): Promise<RunnerTokenClaims | null>;
}

/** Makes and verifies the tokens of machines: JWTs of an hour. Whether the runner was revoked meanwhile, statements look. */
export function createRunnerTokens(jwtSecret: string): RunnerTokens {
  const key = importHmacKey(jwtSecret);
  return {
    mintRunnerToken: async (claims) => {
      const expiresAtSec = Math.floor(Date.now() / 1000) + lifeSec;
      const token = await new SignJWT({ ...claims })
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expiresAtSec)
        .sign(await key);
      return { token, expiresAt: new Date(expiresAtSec * 1000).toISOString() };
    },
    verifyRunnerToken: async (token) => {
      const jwt = await jwtVerify(token, await key, { issuer, audience, algorithms: ["HS256"] }).catch(() => null);
      return claimsSchema.safeParse(jwt?.payload).data ?? null;
    },
  };
}
