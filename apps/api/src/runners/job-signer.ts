import type { RunnerJob, SignedJobClaims } from "@boardroom/contract";
import type { ServerKey } from "@boardroom/domain";
import { SignJWT } from "jose";
import { importSigningKey } from "../import-signing-key.ts";

export interface JobSigner {
  signJob(runnerId: string, jti: string, job: RunnerJob): Promise<string>;
  publicKey(): Promise<ServerKey>;
}

/** A job is taken within a moment of its claim; a runner whose clock is off by a minute still takes it. */
const validSec = 120;

/**
 * Signs jobs as compact JWS. Whoever holds the key can make runners do what their policies let them: keep it apart from the rest.
 * @param signingKey 32 random bytes in base64, the seed of an Ed25519 key
 */
export function createJobSigner(signingKey: string): JobSigner {
  const keys = importSigningKey(signingKey);
  return {
    publicKey: async () => (await keys).publicKey,
    signJob: async (runnerId, jti, job) => {
      const { privateKey, publicKey } = await keys;
      const claims: Pick<SignedJobClaims, "job"> = { job };
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA", typ: "JWT", kid: publicKey.kid })
        .setIssuer("boardroom")
        .setAudience(runnerId)
        .setJti(jti)
        .setIssuedAt(now)
        .setExpirationTime(now + validSec)
        .sign(privateKey);
    },
  };
}
