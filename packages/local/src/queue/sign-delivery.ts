import { createHash, randomUUID } from "node:crypto";
import { SignJWT } from "jose";

const LIFETIME_S = 300;

/** The `Upstash-Signature` of a delivery: a JWT over the destination and the hash of the body. */
export async function signDelivery(url: string, body: Buffer, signingKey: string, now: number): Promise<string> {
  const seconds = Math.floor(now / 1000);
  const hash = createHash("sha256").update(body).digest("base64url");
  return new SignJWT({ body: hash })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer("Upstash")
    .setSubject(url)
    .setIssuedAt(seconds)
    .setNotBefore(seconds)
    .setExpirationTime(seconds + LIFETIME_S)
    .setJti(`jwt_${randomUUID()}`)
    .sign(new TextEncoder().encode(signingKey));
}
