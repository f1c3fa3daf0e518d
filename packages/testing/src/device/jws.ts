import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A JWT signed with an Ed25519 key, as a device makes it. */
export function signJwt(claims: object, key: KeyObject): string {
  const signed = `${encode({ alg: "EdDSA", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${sign(null, Buffer.from(signed), key).toString("base64url")}`;
}

/** The payload of a compact JWS. @throws Error when this key didn't sign it */
export function openJws(jws: string, serverKey: { kty: string; crv: string; x: string }): unknown {
  const [header = "", payload = "", signature = ""] = jws.split(".");
  const key = createPublicKey({ key: { ...serverKey }, format: "jwk" });
  const isGenuine = verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, "base64url"));
  if (!isGenuine) throw new Error("The job is not signed with the pinned key.");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}
