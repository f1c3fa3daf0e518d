import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** What a browser gave its push service, and what that says to a push; 201 unless told otherwise. */
interface Browser {
  answer: () => { status: number; headers?: Record<string, string> } | "silence";
  ecdh: ReturnType<typeof createECDH>;
  auth: Buffer;
}

export interface ReceivedPush {
  path: string;
  topic: string | undefined;
  urgency: string | undefined;
  ttl: number;
  /** Who sent it, as its VAPID token proves. */
  subject: string | undefined;
  notice: Record<string, unknown>;
}

/** A push service on loopback that speaks RFC 8030: proves who sends, decrypts as the browser would, and may misbehave. */
export async function startPushService() {
  const browsers = new Map<string, Browser>();
  const received: ReceivedPush[] = [];
  const refused: string[] = [];
  const server = createServer(async (request, response) => {
    const path = request.url ?? "";
    const browser = browsers.get(path);
    const body = await readAll(request);
    if (!browser) return void response.writeHead(404).end();
    const answer = browser.answer();
    if (answer === "silence") return;
    if (answer.status < 300) {
      try {
        received.push(take(request, path, body, browser));
      } catch (error) {
        refused.push(String(error));
        return void response.writeHead(400).end();
      }
    }
    response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    received,
    refused,
    /** A browser's subscription, as it hands it to the board. */
    subscribe(answer: Browser["answer"] = () => ({ status: 201 })) {
      const ecdh = createECDH("prime256v1");
      const p256dh = ecdh.generateKeys("base64url");
      const auth = randomBytes(16);
      const path = `/push/${browsers.size}`;
      browsers.set(path, { answer, ecdh, auth });
      return { endpoint: origin + path, p256dh, auth: auth.toString("base64url"), label: "Phone" };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function take(request: IncomingMessage, path: string, body: Buffer, browser: Browser): ReceivedPush {
  const { headers } = request;
  const [, token = "", key = ""] = /^vapid t=([^,]+), ?k=(.+)$/.exec(headers.authorization ?? "") ?? [];
  const { aud, sub, exp } = readVapid(token, key);
  if (aud !== `http://${headers.host}` || exp * 1000 < Date.now()) throw new Error("Not for us, or not now");
  if (headers["content-encoding"] !== "aes128gcm") throw new Error("Not aes128gcm");
  const ttl = Number(headers.ttl);
  if (!Number.isInteger(ttl)) throw new Error("No TTL");
  return {
    path,
    topic: headers.topic?.toString(),
    urgency: headers.urgency?.toString(),
    ttl,
    subject: sub,
    notice: JSON.parse(decrypt(body, browser).toString()),
  };
}

/** The claims of a VAPID token (RFC 8292), verified with the key that comes with it. */
function readVapid(token: string, key: string): { aud: string; sub: string; exp: number } {
  const point = Buffer.from(key, "base64url");
  const [x = "", y = ""] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"));
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x, y }, format: "jwk" });
  const [head = "", claims = "", signature = ""] = token.split(".");
  const how = { key: publicKey, dsaEncoding: "ieee-p1363" } as const;
  if (!verify("sha256", Buffer.from(`${head}.${claims}`), how, Buffer.from(signature, "base64url"))) {
    throw new Error("The VAPID token is not signed by its key");
  }
  return JSON.parse(Buffer.from(claims, "base64url").toString());
}

const hmac = (key: Buffer, ...parts: (Buffer | string)[]) => {
  const mac = createHmac("sha256", key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** RFC 8291 and 8188, as a browser reads them. */
function decrypt(body: Buffer, { ecdh, auth }: Browser): Buffer {
  const salt = body.subarray(0, 16);
  const keyLength = body.readUInt8(20);
  const serverKey = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const secret = ecdh.computeSecret(serverKey);
  const input = hmac(hmac(auth, secret), "WebPush: info\0", ecdh.getPublicKey(), serverKey, "\x01");
  const prk = hmac(salt, input);
  const key = hmac(prk, "Content-Encoding: aes128gcm\0\x01").subarray(0, 16);
  const nonce = hmac(prk, "Content-Encoding: nonce\0\x01").subarray(0, 12);
  const decipher = createDecipheriv("aes-128-gcm", key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2));
}
