import type { RunnerJob, SignedJobClaims } from "@boardroom/contract";
import type { ServerKey } from "@boardroom/domain";
import { calculateJwkThumbprint, SignJWT } from "jose";
import * as z from "zod";
import { fromBase64 } from "../base64.ts";

export interface JobSigner {
  signJob(runnerId: string, jti: string, job: RunnerJob): Promise<string>;
  publicKey(): Promise<ServerKey>;
}

/** A job is taken within a moment of its claim; a runner whose clock is off by a minute still takes it. */
const validSec = 120;
/** What PKCS #8 puts before an Ed25519 seed. */
const pkcs8Prefix = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);
const exported = z.object({ x: z.string() });

/**
 * Signs jobs as compact JWS. Whoever holds the key can make runners do what their policies let them: keep it apart from the rest.
 * @param signingKey 32 random bytes in base64, the seed of an Ed25519 key
 */
export function createJobSigner(signingKey: string): JobSigner {
  const keys = importSeed(signingKey);
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

async function importSeed(signingKey: string): Promise<{ privateKey: CryptoKey; publicKey: ServerKey }> {
  const seed = fromBase64(signingKey);
  if (seed?.length !== 32) throw new Error("The signing key must be 32 bytes in base64.");
  const privateKey = await crypto.subtle.importKey(
    "pkcs8",
    new Uint8Array([...pkcs8Prefix, ...seed]),
    "Ed25519",
    true,
    ["sign"],
  );
  const { x } = exported.parse(await crypto.subtle.exportKey("jwk", privateKey));
  const jwk = { kty: "OKP", crv: "Ed25519", x } as const;
  return { privateKey, publicKey: { ...jwk, kid: await calculateJwkThumbprint(jwk) } };
}
