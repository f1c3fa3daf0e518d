import type { Dispatcher } from "./dispatcher.ts";
import type { MessageStore } from "./message-store.ts";
import { type PublishHeaders, readPublishRequest } from "./publish-request.ts";
import { QueueError } from "./queue-error.ts";
import { type DeadMessage, describeDeadMessage, describeMessage, type QueueMessage } from "./queue-message.ts";

export interface QueueApi {
  store: MessageStore;
  dispatcher: Dispatcher;
  clock: () => number;
  keys: { current: string; next: string };
}

export interface QueueAnswer {
  status: number;
  body: unknown;
}

interface QueueCall {
  path: string;
  query: URLSearchParams;
  headers: PublishHeaders;
  body: Buffer;
}

const PUBLISH = "/v2/publish/";
const MAX_BATCH = 100;

/** Answers one authenticated request of QStash's API; `target` is the request line's path with its query. */
export async function routeQueueRequest(
  api: QueueApi,
  method: string,
  target: string,
  headers: PublishHeaders,
  body: Buffer,
): Promise<QueueAnswer> {
  if (method === "POST" && target.startsWith(PUBLISH)) {
    const published = await publish(api, readDestination(target.slice(PUBLISH.length)), headers, body);
    return { status: published.deduplicated ? 202 : 201, body: published };
  }
  const [path = "", query] = target.split("?", 2);
  const call = { path, query: new URLSearchParams(query), headers, body };
  const [, , resource, id = ""] = path.split("/").map(decodeURIComponent);
  if (path === "/v2/keys" && method === "GET") return { status: 200, body: api.keys };
  if (path === "/v2/batch" && method === "POST") return publishBatch(api, call);
  if (resource === "messages") return routeMessages(api, method, id, call);
  if (path === "/v2/dlq/retry" && method === "POST") return retryDead(api, call);
  if (resource === "dlq") return routeDead(api, method, id, call);
  throw new QueueError(404, `${method} ${path} is not served by the local queue`);
}

/** The client sends the URL as it is, others encode it. */
function readDestination(text: string): string {
  return /^https?:\/\//.test(text) ? text : decodeURIComponent(text);
}

async function publish(api: QueueApi, destination: string, headers: PublishHeaders, body: Buffer) {
  const now = api.clock();
  const { message, deduplicationKey } = readPublishRequest(destination, headers, body, now);
  const { messageId, deduplicated } = await api.store.add(message, deduplicationKey, now);
  if (!deduplicated) api.dispatcher.schedule(message);
  return { messageId, url: message.url, ...(deduplicated && { deduplicated }) };
}

async function publishBatch(api: QueueApi, { body }: QueueCall): Promise<QueueAnswer> {
  const items = parseBatch(body);
  const results = await Promise.all(
    items.map(async (item) => {
      try {
        const { destination, headers, body: text } = readBatchItem(item);
        return await publish(api, destination, headers, Buffer.from(text));
      } catch (error) {
        if (error instanceof QueueError) return { error: error.message };
        throw error;
      }
    }),
  );
  return { status: 200, body: results };
}

function parseBatch(body: Buffer): unknown[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    throw new QueueError(400, "invalid batch: the body is not JSON");
  }
  if (!Array.isArray(parsed) || parsed.length === 0 || parsed.length > MAX_BATCH) {
    throw new QueueError(400, `invalid batch: the body must be an array of 1 to ${MAX_BATCH} messages`);
  }
  return parsed;
}

function readBatchItem(item: unknown): { destination: string; headers: PublishHeaders; body: string } {
  const { destination, headers, body, queue }: Record<string, unknown> =
    typeof item === "object" && item !== null ? { ...item } : {};
  if (typeof destination !== "string") throw new QueueError(400, "invalid batch: a message has no destination");
  if (queue !== undefined) throw new QueueError(400, "named queues are not served by the local queue");
  const given = typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
  const lower = given.map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { destination, headers: Object.fromEntries(lower), body: typeof body === "string" ? body : "" };
}

async function routeMessages(api: QueueApi, method: string, id: string, { query }: QueueCall): Promise<QueueAnswer> {
  const { store, dispatcher } = api;
  const found = store.messages.get(id);
  if (id !== "" && !found) throw new QueueError(404, `message ${id} not found`);
  if (found && method === "GET") return { status: 200, body: describeMessage(found) };
  if (method !== "DELETE") throw new QueueError(405, `${method} is not allowed here`);
  const chosen = found ? [found] : select(store.messages.values(), query, "messageIds", (message) => message.messageId);
  for (const { messageId } of chosen) await dispatcher.cancel(messageId);
  return { status: 200, body: { cancelled: chosen.length } };
}

async function routeDead(api: QueueApi, method: string, id: string, { query }: QueueCall): Promise<QueueAnswer> {
  const { store } = api;
  const found = store.dead.get(id);
  if (id !== "" && !found) throw new QueueError(404, `dlq message ${id} not found`);
  if (found && method === "GET") return { status: 200, body: describeDeadMessage(found) };
  const chosen = found ? [found] : selectDead(store, query);
  if (method === "GET") return { status: 200, body: { messages: chosen.map(describeDeadMessage) } };
  if (method !== "DELETE") throw new QueueError(405, `${method} is not allowed here`);
  for (const { dlqId } of chosen) await store.unbury(dlqId);
  return { status: 200, body: { deleted: chosen.length } };
}

/** A retried message starts anew, under its own id. */
async function retryDead({ store, dispatcher, clock }: QueueApi, { query }: QueueCall): Promise<QueueAnswer> {
  const chosen = selectDead(store, query);
  for (const { dlqId, responseStatus: _s, responseHeaders: _h, responseBody: _b, ...message } of chosen) {
    const again: QueueMessage = { ...message, retried: 0, notBefore: clock() };
    await store.update(again);
    await store.unbury(dlqId);
    dispatcher.schedule(again);
  }
  return { status: 200, body: { responses: chosen.map(({ messageId }) => ({ messageId })) } };
}

function selectDead(store: MessageStore, query: URLSearchParams): DeadMessage[] {
  return select(store.dead.values(), query, "dlqIds", (message) => message.dlqId);
}

function select<Kind extends QueueMessage>(
  all: Iterable<Kind>,
  query: URLSearchParams,
  idsName: string,
  idOf: (message: Kind) => string,
): Kind[] {
  const fits = (name: string, value: string | undefined) =>
    !query.has(name) || query.getAll(name).includes(value ?? "");
  const chosen = [...all].filter(
    (message) =>
      fits(idsName, idOf(message)) &&
      fits("messageId", message.messageId) &&
      fits("url", message.url) &&
      fits("label", message.label) &&
      fits("flowControlKey", message.flowControl?.key),
  );
  return chosen.slice(0, Number(query.get("count") ?? chosen.length));
}
