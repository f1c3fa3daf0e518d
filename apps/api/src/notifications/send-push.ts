import { encryptNotification } from "@block65/webcrypto-web-push";
import type { PushNotice, PushTarget, SendOutcome } from "@boardroom/domain";
import { importJWK, SignJWT } from "jose";
import { fromBase64 } from "../base64.ts";

export interface VapidKeys {
  /** 65 bytes in base64url: an uncompressed point of P-256. */
  publicKey: string;
  /** 32 bytes in base64url. */
  privateKey: string;
}

const timeoutMs = 8_000;
/** A push service drops what it could not deliver for so long; by then the inbox says it anyhow. */
const ttlSec = 12 * 60 * 60;
const jwtSec = 60 * 60;

/**
 * Sends pushes: RFC 8030, encrypted for the browser (RFC 8291), signed by our key (RFC 8292).
 * @param subject where the push service finds us when something is wrong
 */
export function createPushSender({ publicKey, privateKey, subject }: VapidKeys & { subject: string }) {
  const key = importKey(publicKey, privateKey);
  const signFor = async (audience: string) =>
    new SignJWT({})
      .setProtectedHeader({ alg: "ES256", typ: "JWT" })
      .setAudience(audience)
      .setSubject(subject)
      .setExpirationTime(Math.floor(Date.now() / 1000) + jwtSec)
      .sign(await key);
  return async (target: PushTarget, { isUrgent, ...notice }: PushNotice): Promise<SendOutcome> => {
    try {
      const subscription = {
        endpoint: target.endpoint,
        expirationTime: null,
        keys: { p256dh: target.p256dh, auth: target.auth },
      };
      const body = await encryptNotification(subscription, new TextEncoder().encode(JSON.stringify(notice)));
      const jwt = await signFor(new URL(target.endpoint).origin);
      const response = await fetch(target.endpoint, {
        method: "POST",
        redirect: "manual",
        headers: {
          authorization: `vapid t=${jwt}, k=${publicKey}`,
          "content-encoding": "aes128gcm",
          "content-type": "application/octet-stream",
          ttl: String(ttlSec),
          urgency: isUrgent ? "high" : "normal",
          topic: notice.tag,
        },
        body,
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return outcomeOf(response);
    } catch (error) {
      return { kind: "later", afterMs: null, problem: String(error).slice(0, 300) };
    }
  };
}

function outcomeOf({ status, headers }: Response): SendOutcome {
  if (status >= 200 && status < 300) return { kind: "sent" };
  if (status === 404 || status === 410) return { kind: "gone" };
  const problem = `The push service answered ${status}.`;
  if (status !== 429 && status < 500) return { kind: "refused", problem };
  const seconds = Number(headers.get("retry-after") ?? Number.NaN);
  return { kind: "later", afterMs: seconds > 0 ? Math.min(seconds, 3600) * 1000 : null, problem };
}

function importKey(publicKey: string, privateKey: string) {
  const point = fromBase64(publicKey.replaceAll("-", "+").replaceAll("_", "/").padEnd(88, "="));
  if (point?.length !== 65) throw new Error("The public key of pushes must be 65 bytes in base64url.");
  const [x, y] = [point.slice(1, 33), point.slice(33)].map(toBase64Url);
  return importJWK({ kty: "EC", crv: "P-256", x, y, d: privateKey }, "ES256");
}

const toBase64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
