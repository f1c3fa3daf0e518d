import type { IncomingMessage } from "node:http";
import { BoardroomError, type CallAnswer, type SentCall } from "@boardroom/contract";
import { http, https, requestOf } from "./node-http.ts";
import type { ServerClock } from "./server-clock.ts";

/** `body` is JSON, as text or as its bytes; those stay as they are until the answer is there. */
export type CappedCall = Omit<SentCall, "body"> & { body?: string | Uint8Array };

export interface SendLimits {
  clock: ServerClock;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
}

const maxAnswerBytes = 8 * 1024 * 1024;
/** Less than servers keep a connection that rests: what is sent on one that is just being closed would be lost. */
const restMs = 4000;
const agents = {
  http: new http.Agent({ keepAlive: true, timeout: restMs }),
  https: new https.Agent({ keepAlive: true, timeout: restMs }),
};

/**
 * Sends a call within bounds of time and size, and follows nobody elsewhere: a token goes to its own server alone.
 * @throws BoardroomError unavailable, with what happened
 */
export async function sendCapped(call: CappedCall, { clock, timeoutMs, signal }: SendLimits): Promise<CallAnswer> {
  const aborting = new AbortController();
  const abort = () => aborting.abort(signal?.reason);
  const timer = setTimeout(() => aborting.abort(new Error(`no answer within ${timeoutMs / 1000} s`)), timeoutMs);
  signal?.addEventListener("abort", abort, { once: true });
  if (signal?.aborted) abort();
  const sentAt = Date.now();
  try {
    const response = await send(call, aborting.signal);
    clock.learn(response.headers.date ?? null, sentAt, Date.now());
    const cursor = response.headers["x-next-cursor"];
    const nextCursor = typeof cursor === "string" ? cursor : null;
    return { status: response.statusCode ?? 0, body: await readCapped(response), nextCursor };
  } catch (error) {
    const reason = aborting.signal.aborted ? aborting.signal.reason : error;
    throw new BoardroomError("unavailable", `${new URL(call.url).host} can't be reached: ${reasonOf(reason)}`);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

/** Resolves once an answer begins; the signal ends that, too. */
function send({ method, url, headers, body }: CappedCall, signal: AbortSignal): Promise<IncomingMessage> {
  const target = new URL(url);
  const agent = target.protocol === "https:" ? agents.https : agents.http;
  const bytes = typeof body === "string" ? Buffer.from(body) : (body ?? null);
  const length = bytes && { "content-length": bytes.length };
  return new Promise((resolve, reject) => {
    const request = requestOf(target)(target, { method, agent, signal, headers: { ...headers, ...length } });
    request.on("response", resolve);
    request.on("error", reject);
    request.end(bytes);
  });
}

async function readCapped(response: IncomingMessage): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  // Whoever stops reading here breaks the connection off.
  for await (const chunk of response) {
    bytes += chunk.byteLength;
    if (bytes > maxAnswerBytes) throw new Error("the answer is larger than 8 MiB");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** Several ways to a server may fail, each for its own reason: the first says enough. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message || error.name : String(error);
}
