import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody, serveHttp } from "../http-server.ts";
import { type Delivery, Dispatcher } from "./dispatcher.ts";
import { FlowGate } from "./flow-control.ts";
import { MessageStore } from "./message-store.ts";
import type { PublishHeaders } from "./publish-request.ts";
import { QueueError } from "./queue-error.ts";
import { QueueFaultPlan, type QueueFaults } from "./queue-faults.ts";
import type { DeadMessage } from "./queue-message.ts";
import { type QueueApi, routeQueueRequest } from "./queue-routes.ts";

export interface LocalQueue {
  port: number;
  /** The client's `baseUrl`. */
  url: string;
  token: string;
  currentSigningKey: string;
  nextSigningKey: string;
  faults: QueueFaults;
  /** The attempts made since the start, oldest first; the last 10,000. */
  deliveries(): Delivery[];
  /** Messages given up. */
  dlq(): DeadMessage[];
  /** Messages accepted and not yet delivered; where a text is given, those that hold it. */
  waiting(holding?: string): number;
  /** Resolves when nothing waits and nothing runs. */
  whenIdle(timeoutMs?: number): Promise<void>;
  stop(): Promise<void>;
}

export interface StartQueueOptions {
  port?: number;
  /** Keeps messages over restarts in a journal in this folder; only in memory when left out. */
  dir?: string;
  token?: string;
  signingKeys?: { current: string; next: string };
  /** Multiplies the waits between retries, for tests; 1 is QStash's own schedule. */
  timeScale?: number;
  /** Delivers nothing until `faults.release()`: messages of the last time must not come before who receives them. */
  held?: boolean;
  seed?: number;
  clock?: () => number;
}

const MAX_BYTES = 10 * 1024 * 1024;

/** Serves QStash's HTTP API: publish, batch, messages, dead letter queue, with signed and retried delivery. */
export async function startQueue(options: StartQueueOptions = {}): Promise<LocalQueue> {
  const { clock = Date.now, timeScale = 1 } = options;
  const token = options.token ?? randomBytes(24).toString("base64url");
  const keys = options.signingKeys ?? { current: newSigningKey(), next: newSigningKey() };
  const store = await MessageStore.open(options.dir);
  const gate = new FlowGate();
  const faults = new QueueFaultPlan((held) => gate.hold(held), options.seed);
  if (options.held) faults.hold();
  const dispatcher = new Dispatcher({ store, faults, gate, signingKey: keys.current, timeScale, clock });
  const api: QueueApi = { store, dispatcher, clock, keys };
  const server = await serveHttp("queue", options.port ?? 0, (request, response) => {
    answer(request, response, { api, faults, token }).catch(() => response.destroy());
  }).catch(async (error) => {
    await store.close();
    throw error;
  });
  for (const message of store.messages.values()) dispatcher.schedule(message);
  return {
    port: server.port,
    url: server.url,
    token,
    currentSigningKey: keys.current,
    nextSigningKey: keys.next,
    faults,
    deliveries: () => [...dispatcher.deliveries],
    dlq: () => [...store.dead.values()],
    waiting: (holding = "") =>
      [...store.messages.values()].filter(({ bodyBase64 }) => Buffer.from(bodyBase64, "base64").includes(holding))
        .length,
    whenIdle: (timeoutMs = 10_000) => dispatcher.whenIdle(timeoutMs),
    stop: async () => {
      await Promise.all([server.stop(), dispatcher.stop()]);
      await store.close();
    },
  };
}

function newSigningKey(): string {
  return `sig_${randomBytes(24).toString("base64url")}`;
}

interface AnswerParts {
  api: QueueApi;
  faults: QueueFaultPlan;
  token: string;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { api, faults, token }: AnswerParts,
): Promise<void> {
  const { method = "GET", url = "/" } = request;
  if (url === "/health" || url === "/v2/health") return send(response, 200, { status: "ok" });
  const body = await readBody(request, MAX_BYTES);
  try {
    if (request.headers.authorization !== `Bearer ${token}`) throw new QueueError(401, "unauthorized: invalid token");
    if (!body) throw new QueueError(413, `message is too large (max is ${MAX_BYTES} bytes)`);
    const publishing = method === "POST" && /^\/v2\/(publish\/|batch$)/.test(url);
    const refusal = publishing ? faults.takeRefusal() : undefined;
    if (refusal !== undefined) throw new QueueError(refusal, "the queue is not available");
    const result = await routeQueueRequest(api, method, url, joinHeaders(request), body);
    if (publishing && faults.takeDrop()) return void response.destroy();
    send(response, result.status, result.body);
  } catch (error) {
    const status = error instanceof QueueError ? error.status : error instanceof URIError ? 400 : 500;
    send(response, status, { error: error instanceof Error ? error.message : String(error) });
  }
}

function joinHeaders(request: IncomingMessage): PublishHeaders {
  const joined = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return Object.fromEntries(joined.filter(([, value]) => value !== undefined));
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
