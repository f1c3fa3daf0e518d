import type { RoutineSigningMode } from "@boardroom/contract";
import { fromHex } from "../hex.ts";
import { sha256Hex } from "../sha256.ts";

/** What proves a delivery. */
export interface Delivery {
  headers: Headers;
  /** The body exactly as it was sent. */
  body: string;
}

/**
 * Says whether a delivery was made by somebody who has the secret. Secrets and signatures are compared by WebCrypto, in a time
 * that says nothing about them.
 * @returns the names under which it counts as taken once, null when it is not genuine. What is not signed never is the only one.
 */
export async function verifyDelivery(
  mode: RoutineSigningMode,
  secret: string,
  delivery: Delivery,
): Promise<string[] | null> {
  switch (mode) {
    case "bearer":
      return verifyBearer(secret, delivery);
    case "hmac_sha256":
      return verifyTimed(secret, delivery);
    case "github_hmac":
      return verifyGitHub(secret, delivery);
  }
}

/** When a delivery says it was sent, in seconds since 1970; milliseconds are understood too. */
export function statedTime(headers: Headers): number | null {
  const stated = timestampOf(headers);
  if (stated === null || !/^[0-9]{1,16}$/.test(stated)) return null;
  const time = Number(stated);
  return time > 100_000_000_000 ? time / 1000 : time;
}

const timestampOf = (headers: Headers) => headers.get("x-boardroom-timestamp") ?? headers.get("x-paperclip-timestamp");

async function verifyBearer(secret: string, { headers }: Delivery): Promise<string[] | null> {
  const token = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token === undefined || !(await isSame(token, secret))) return null;
  const key = headers.get("idempotency-key");
  return key === null ? [] : [`key:${await sha256Hex(key)}`];
}

async function verifyTimed(secret: string, { headers, body }: Delivery): Promise<string[] | null> {
  const signature = headers.get("x-boardroom-signature") ?? headers.get("x-paperclip-signature");
  const timestamp = timestampOf(headers);
  if (timestamp === null) return null;
  return verifySignature(secret, signature, `${timestamp}.${body}`);
}

async function verifyGitHub(secret: string, { headers, body }: Delivery): Promise<string[] | null> {
  const taken = await verifySignature(secret, headers.get("x-hub-signature-256"), body);
  const delivery = headers.get("x-github-delivery");
  // The delivery's id is not signed: a replay may state another one, so the body counts as well.
  return taken && delivery !== null ? [...taken, `delivery:${await sha256Hex(delivery)}`] : taken;
}

async function verifySignature(secret: string, stated: string | null, signed: string): Promise<string[] | null> {
  const hex = /^(?:sha256=|v1=)?([0-9a-f]{64})$/i.exec(stated?.trim() ?? "")?.[1]?.toLowerCase();
  const signature = hex === undefined ? null : fromHex(hex);
  if (signature === null) return null;
  const isGenuine = await crypto.subtle.verify(
    "HMAC",
    await hmacKey(Uint8Array.from(encode(secret))),
    signature,
    encode(signed),
  );
  return isGenuine ? [`signature:${hex}`] : null;
}

/** Compares under a key of this moment, so that how much of it was right can't be told from the time it takes. */
async function isSame(one: string, other: string): Promise<boolean> {
  const key = await hmacKey(crypto.getRandomValues(new Uint8Array(32)));
  return crypto.subtle.verify("HMAC", key, await crypto.subtle.sign("HMAC", key, encode(one)), encode(other));
}

const encode = (text: string) => new TextEncoder().encode(text);
const hmacKey = (bytes: Uint8Array<ArrayBuffer>) =>
  crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
