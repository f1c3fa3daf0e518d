import type { QueueMessage } from "./queue-message.ts";
import { signDelivery } from "./sign-delivery.ts";

export interface DeliveryAnswer {
  /** 0 when there was none; `body` then says why. */
  status: number;
  headers: Record<string, string>;
  body: string;
}

// These belong to the connection; fetch refuses to send some of them.
const HOP_BY_HOP = new Set([
  "connection",
  "content-length",
  "host",
  "keep-alive",
  "transfer-encoding",
  "upgrade",
  "expect",
  "te",
]);
const MAX_ANSWER_BYTES = 1024 * 1024;

/** One attempt: sends the message, signed, and returns what came back. Never throws. */
export async function deliverMessage(
  message: QueueMessage,
  signingKey: string,
  now: number,
  stopped: AbortSignal,
): Promise<DeliveryAnswer> {
  try {
    const body = Buffer.from(message.bodyBase64, "base64");
    const headers = new Headers();
    for (const [name, value] of Object.entries(message.headers)) {
      if (!HOP_BY_HOP.has(name)) headers.set(name, value);
    }
    headers.set("user-agent", "Upstash-QStash");
    headers.set("upstash-message-id", message.messageId);
    headers.set("upstash-retried", String(message.retried));
    headers.set("upstash-signature", await signDelivery(message.url, body, signingKey, now));
    const response = await fetch(message.url, {
      method: message.method,
      headers,
      body: message.method === "GET" ? undefined : new Uint8Array(body),
      redirect: "manual",
      signal: AbortSignal.any([stopped, AbortSignal.timeout(message.timeoutMs)]),
    });
    return { status: response.status, headers: listHeaders(response.headers), body: await readStart(response) };
  } catch (error) {
    return { status: 0, headers: {}, body: explain(error) };
  }
}

function listHeaders(headers: Headers): Record<string, string> {
  const listed: Record<string, string> = {};
  headers.forEach((value, name) => {
    listed[name] = value;
  });
  return listed;
}

/** The answer's first megabyte; a longer one is cut off. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array[] = [];
  for (let size = 0; reader && size < MAX_ANSWER_BYTES; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
  }
  await reader?.cancel();
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString();
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
