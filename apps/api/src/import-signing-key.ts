import type { ServerKey } from "@boardroom/domain";
import { calculateJwkThumbprint } from "jose";
import * as z from "zod";
import { fromBase64 } from "./base64.ts";

/** What PKCS #8 puts before an Ed25519 seed. */
const pkcs8Prefix = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);
const exported = z.object({ x: z.string() });

/**
 * The Worker's signing key.
 * @param signingKey 32 random bytes in base64, the seed of an Ed25519 key
 */
export async function importSigningKey(signingKey: string): Promise<{ privateKey: CryptoKey; publicKey: ServerKey }> {
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
