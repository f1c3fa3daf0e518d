import { createHash, randomBytes } from "node:crypto";
import { evaluateDelay } from "./delay-expression.ts";
import { parseDurationMs } from "./duration.ts";
import { QueueError } from "./queue-error.ts";
import type { CallbackTarget, FlowControl, QueueMessage } from "./queue-message.ts";

export type PublishHeaders = Record<string, string>;

export interface PublishRequest {
  message: QueueMessage;
  /** Two requests with the same key within the window are one message. */
  deduplicationKey?: string;
}

const METHODS = new Set(["GET", "POST", "PUT", "PATCH", "DELETE"]);
const FORWARD = "upstash-forward-";
const DEFAULT_RETRIES = 3;
const DEFAULT_TIMEOUT = "15m";
/** What QStash's smallest plan allows, so that nothing works here that is refused there. */
const MAX_BODY_BYTES = 1024 * 1024;
const MAX_RETRIES = 3;
const MAX_DELAY_MS = 7 * 24 * 3_600_000;

/** Reads one publish request; header names are in lower case. Refuses what QStash would refuse. */
export function readPublishRequest(
  destination: string,
  headers: PublishHeaders,
  body: Buffer,
  now: number,
): PublishRequest {
  const url = readUrl(destination, "destination");
  const method = headers["upstash-method"] ?? "POST";
  if (!METHODS.has(method)) throw new QueueError(400, `invalid Upstash-Method header: ${method}`);
  const retryDelay = headers["upstash-retry-delay"];
  if (retryDelay !== undefined) evaluateDelay(retryDelay, 0);
  if (body.length > MAX_BODY_BYTES) throw new QueueError(413, `message is too large (max is ${MAX_BODY_BYTES} bytes)`);
  const message: QueueMessage = {
    messageId: `msg_${randomBytes(18).toString("hex")}`,
    url,
    method,
    headers: readForwarded(headers),
    bodyBase64: body.toString("base64"),
    createdAt: now,
    notBefore: readNotBefore(headers, now),
    retried: 0,
    maxRetries: readRetries(headers),
    retryDelay,
    timeoutMs: parseDurationMs(headers["upstash-timeout"] ?? DEFAULT_TIMEOUT, "Upstash-Timeout"),
    callback: readCallback(headers, "upstash-callback"),
    failureCallback: readCallback(headers, "upstash-failure-callback"),
    flowControl: readFlowControl(headers),
    label: headers["upstash-label"],
  };
  return { message, deduplicationKey: readDeduplicationKey(headers, message) };
}

function readUrl(text: string, what: string): string {
  if (!/^https?:\/\//.test(text)) {
    throw new QueueError(400, `invalid ${what} url: endpoint has invalid scheme, add http:// or https://`);
  }
  if (!URL.canParse(text)) throw new QueueError(400, `invalid ${what} url: ${text}`);
  return text;
}

function readForwarded(headers: PublishHeaders): Record<string, string> {
  const forwarded: Record<string, string> = {};
  const type = headers["content-type"];
  if (type) forwarded["content-type"] = type;
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(FORWARD)) forwarded[name.slice(FORWARD.length)] = value;
  }
  return forwarded;
}

function readRetries(headers: PublishHeaders): number {
  const retries = readCount(headers, "upstash-retries") ?? DEFAULT_RETRIES;
  if (retries > MAX_RETRIES) throw new QueueError(412, `quota maxRetries exceeded, limit: ${MAX_RETRIES}`);
  return retries;
}

function readNotBefore(headers: PublishHeaders, now: number): number {
  const seconds = readCount(headers, "upstash-not-before");
  const delay = headers["upstash-delay"];
  const delayMs = delay === undefined ? 0 : parseDurationMs(delay, "Upstash-Delay");
  const notBefore = seconds === undefined ? now + delayMs : seconds * 1000;
  if (notBefore - now > MAX_DELAY_MS)
    throw new QueueError(412, `quota maxDelay exceeded, limit: ${MAX_DELAY_MS / 1000} s`);
  return notBefore;
}

function readCount(headers: PublishHeaders, name: string): number | undefined {
  const text = headers[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,12}$/.test(text)) throw new QueueError(400, `invalid ${name} header: ${text}`);
  return Number(text);
}

/** `Upstash-Callback-Retries: 1` sets the retries of the callback's own message, and so on for every header. */
function readCallback(headers: PublishHeaders, name: string): CallbackTarget | undefined {
  const url = headers[name];
  if (url === undefined) return undefined;
  const own = Object.entries(headers)
    .filter(([key]) => key.startsWith(`${name}-`))
    .map(([key, value]) => [`upstash-${key.slice(name.length + 1)}`, value]);
  return { url: readUrl(url, "callback"), headers: Object.fromEntries(own) };
}

function readFlowControl(headers: PublishHeaders): FlowControl | undefined {
  const key = headers["upstash-flow-control-key"];
  const text = headers["upstash-flow-control-value"];
  if (key === undefined && text === undefined) return undefined;
  if (!key || !text) throw new QueueError(400, "flow control needs both Upstash-Flow-Control-Key and -Value");
  const control: FlowControl = { key, periodMs: 1000 };
  for (const part of text.split(",")) {
    const [name, value = ""] = part.split("=").map((piece) => piece.trim());
    if (name === "period")
      control.periodMs = parseDurationMs(/^\d+$/.test(value) ? `${value}s` : value, "Upstash-Flow-Control-Value");
    else if (name === "parallelism" && /^[1-9]\d*$/.test(value)) control.parallelism = Number(value);
    else if ((name === "rate" || name === "ratePerSecond") && /^[1-9]\d*$/.test(value)) control.rate = Number(value);
    else throw new QueueError(400, `invalid Upstash-Flow-Control-Value header: ${text}`);
  }
  return control;
}

function readDeduplicationKey(headers: PublishHeaders, message: QueueMessage): string | undefined {
  const id = headers["upstash-deduplication-id"];
  if (id) return `id:${id}`;
  if (headers["upstash-content-based-deduplication"] !== "true") return undefined;
  const content = JSON.stringify([
    message.url,
    message.method,
    Object.entries(message.headers).sort(),
    message.bodyBase64,
  ]);
  return `content:${createHash("sha256").update(content).digest("hex")}`;
}
