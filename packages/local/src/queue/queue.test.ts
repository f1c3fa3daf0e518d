import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client, Receiver } from "@upstash/qstash";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { listenOnLoopback } from "../ports.ts";
import { type LocalQueue, startQueue } from "./start-queue.ts";

interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  at: number;
}
type Reply = { status: number; headers?: Record<string, string>; body?: string; afterMs?: number };

let queue: LocalQueue;
let client: Client;
let target: string;
let received: Received[] = [];
let reply: (call: Received) => Reply;
let active = 0;
let mostActive = 0;

// The receiver that the queue delivers to.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", async () => {
    const call = {
      path: request.url ?? "",
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
      at: performance.now(),
    };
    received.push(call);
    active += 1;
    mostActive = Math.max(mostActive, active);
    const { status, headers, body, afterMs = 0 } = reply(call);
    response.once("close", () => {
      active -= 1;
    });
    await sleep(afterMs);
    response.writeHead(status, headers).end(body);
  });
});

const connect = (to: LocalQueue) => new Client({ baseUrl: to.url, token: to.token, retry: false });
const bodies = () => received.map(({ body }) => body);
const failWith = (status: number, headers?: Record<string, string>) => () => ({ status, headers, body: "no" });

beforeAll(async () => {
  target = `http://127.0.0.1:${await listenOnLoopback(server, 0, "receiver")}`;
  // A minute of QStash's retry schedule passes in 60 ms.
  queue = await startQueue({ timeScale: 0.001, seed: 11 });
  client = connect(queue);
});

beforeEach(() => {
  received = [];
  mostActive = 0;
  reply = () => ({ status: 200 });
  // The client prints refusals that these tests ask for.
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(async () => {
  queue.faults.clear();
  await client.messages.cancel({ all: true });
  await client.dlq.delete({ all: true });
});

afterAll(async () => {
  await queue?.stop();
  server.close();
});

describe("publish", () => {
  it("delivers body, method, query and forwarded headers", async () => {
    const { messageId } = await client.publishJSON({
      url: `${target}/in?a=1&b=%20`,
      method: "PUT",
      body: { n: 1 },
      headers: { "x-mine": "yes" },
    });
    await queue.whenIdle();
    expect(received).toMatchObject([
      {
        path: "/in?a=1&b=%20",
        body: '{"n":1}',
        headers: {
          "content-type": "application/json",
          "x-mine": "yes",
          "upstash-message-id": messageId,
          "upstash-retried": "0",
        },
      },
    ]);
    expect(queue.deliveries().at(-1)).toMatchObject({ messageId, status: 200, retried: 0 });
  });

  it("signs every delivery so that the real receiver accepts it, and nothing else", async () => {
    await client.publish({ url: `${target}/signed`, body: "the body" });
    await queue.whenIdle();
    const { currentSigningKey, nextSigningKey } = queue;
    const receiver = new Receiver({ currentSigningKey, nextSigningKey });
    const signature = String(received[0]?.headers["upstash-signature"]);
    const url = `${target}/signed`;
    expect(await receiver.verify({ signature, body: "the body", url })).toBe(true);
    await expect(receiver.verify({ signature, body: "another body", url })).rejects.toThrow(/body hash/);
    await expect(receiver.verify({ signature, body: "the body", url: `${target}/other` })).rejects.toThrow(/subject/);
    const stranger = new Receiver({ currentSigningKey: "a", nextSigningKey: "b" });
    await expect(stranger.verify({ signature, body: "the body" })).rejects.toThrow();
  });

  it("accepts a batch, each message with its own headers, and refuses single ones of it", async () => {
    const results = await client.batchJSON([
      { url: `${target}/1`, body: { n: 1 } },
      { url: "ftp://nowhere", body: {} },
      { url: `${target}/2`, body: { n: 2 }, delay: 1 },
    ]);
    expect(results).toMatchObject([
      { messageId: expect.any(String) },
      { error: expect.stringContaining("scheme") },
      { messageId: expect.any(String) },
    ]);
    await queue.whenIdle();
    expect(received.map(({ path }) => path)).toEqual(["/1", "/2"]);
  });

  it("takes an encoded destination as well", async () => {
    const answer = await fetch(`${queue.url}/v2/publish/${encodeURIComponent(`${target}/enc?x=1`)}`, {
      method: "POST",
      headers: { authorization: `Bearer ${queue.token}` },
      body: "raw",
    });
    expect(answer.status).toBe(201);
    await queue.whenIdle();
    expect(received).toMatchObject([{ path: "/enc?x=1", body: "raw" }]);
  });

  it("delivers a delayed message not before its time", async () => {
    const start = performance.now();
    await client.publish({ url: target, body: "later", delay: 1 });
    await client.publish({ url: target, body: "now" });
    await queue.whenIdle();
    expect(bodies()).toEqual(["now", "later"]);
    expect((received[1]?.at ?? 0) - start).toBeGreaterThanOrEqual(995);
    const notBefore = Math.floor(Date.now() / 1000) + 3600;
    const { messageId } = await client.publish({ url: target, notBefore });
    expect(await client.messages.get(messageId)).toMatchObject({ notBefore: notBefore * 1000, url: target });
  });

  it("cancels a waiting message", async () => {
    const { messageId } = await client.publish({ url: target, delay: 3600 });
    expect(await client.messages.cancel(messageId)).toEqual({ cancelled: 1 });
    await expect(client.messages.get(messageId)).rejects.toMatchObject({ status: 404 });
    expect(queue.waiting()).toBe(0);
  });

  it("answers 401 without the token and 400 to what it does not understand, in QStash's shape", async () => {
    const wrong = new Client({ baseUrl: queue.url, token: "wrong", retry: false });
    await expect(wrong.publish({ url: target })).rejects.toMatchObject({
      status: 401,
      message: expect.stringMatching(/^{"error":/),
    });
    const refused = (headers: Record<string, string>) =>
      expect(client.publish({ url: target, headers }), JSON.stringify(headers)).rejects.toMatchObject({ status: 400 });
    await refused({ "Upstash-Delay": "soon" });
    await refused({ "Upstash-Retries": "-1" });
    await refused({ "Upstash-Timeout": "1 minute" });
    await refused({ "Upstash-Retry-Delay": "process.exit()" });
    await refused({ "Upstash-Callback": "nowhere" });
    await refused({ "Upstash-Flow-Control-Key": "k" });
    await refused({ "Upstash-Flow-Control-Key": "k", "Upstash-Flow-Control-Value": "parallelism=0" });
    await expect(client.publish({ url: "nowhere" })).rejects.toMatchObject({ status: 400 });
    expect((await fetch(`${queue.url}/health`)).status).toBe(200);
  });
});

describe("the limits of QStash's smallest plan", () => {
  it("hold for size, retries and delay, also inside a batch", async () => {
    const plain = { url: target, body: "x" };
    await expect(client.publish({ ...plain, body: "x".repeat(1024 * 1024 + 1) })).rejects.toMatchObject({
      status: 413,
    });
    await expect(client.publish({ ...plain, retries: 4 })).rejects.toThrow(/maxRetries/);
    await expect(client.publish({ ...plain, delay: 7 * 24 * 3600 + 1 })).rejects.toThrow(/maxDelay/);
    await expect(client.publish({ ...plain, notBefore: Math.ceil(Date.now() / 1000) + 8 * 24 * 3600 })).rejects.toThrow(
      /maxDelay/,
    );
    const results = await client.batchJSON([
      { ...plain, retries: 4 },
      { ...plain, delay: 7 * 24 * 3600 },
    ]);
    expect(results).toMatchObject([
      { error: expect.stringContaining("maxRetries") },
      { messageId: expect.any(String) },
    ]);
    expect(queue.waiting()).toBe(1);
  });
});

describe("deduplication", () => {
  it("stores a message with the same id, or the same content, once and names the first", async () => {
    const once = { url: target, body: "once", deduplicationId: "dedup-1" };
    const first = await client.publish(once);
    expect(await client.publish(once)).toMatchObject({ messageId: first.messageId, deduplicated: true });
    const same = { url: target, body: "same", contentBasedDeduplication: true };
    const [a, b, c] = [
      await client.publish(same),
      await client.publish(same),
      await client.publish({ ...same, body: "other" }),
    ];
    expect(b).toMatchObject({ messageId: a.messageId, deduplicated: true });
    expect(c.messageId).not.toBe(a.messageId);
    await queue.whenIdle();
    expect(bodies().sort()).toEqual(["once", "other", "same"]);
  });

  it("forgets an id after ten minutes", async () => {
    let now = Date.now();
    const timed = await startQueue({ clock: () => now });
    const publish = () => connect(timed).publish({ url: target, deduplicationId: "d" });
    const first = await publish();
    now += 10 * 60_000 - 1;
    expect((await publish()).messageId).toBe(first.messageId);
    now += 1;
    expect((await publish()).messageId).not.toBe(first.messageId);
    await timed.stop();
  });
});

describe("retries", () => {
  it("tries again after 12 s and 2 min 28 s of the schedule, then delivers", async () => {
    reply = ({ headers }) => ({ status: headers["upstash-retried"] === "2" ? 200 : 500 });
    await client.publish({ url: target, body: "retry" });
    await queue.whenIdle();
    expect(received.map(({ headers }) => headers["upstash-retried"])).toEqual(["0", "1", "2"]);
    const [first = 0, second = 0, third = 0] = received.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(11);
    expect(third - second).toBeGreaterThanOrEqual(147);
    expect(new Set(received.map(({ headers }) => headers["upstash-message-id"])).size).toBe(1);
  });

  it("waits as the receiver or the message asks", async () => {
    reply = ({ headers }) =>
      headers["upstash-retried"] === "0" ? { status: 503, headers: { "retry-after": "200" } } : { status: 200 };
    await client.publish({ url: target, body: "asked" });
    await queue.whenIdle();
    expect((received[1]?.at ?? 0) - (received[0]?.at ?? 0)).toBeGreaterThanOrEqual(199);

    received = [];
    reply = failWith(500);
    await client.publish({
      url: target,
      body: "expression",
      retries: 2,
      retryDelay: "max(50000, pow(2, retried) * 100000)",
    });
    await queue.whenIdle();
    const [first = 0, second = 0, third = 0] = received.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(99);
    expect(third - second).toBeGreaterThanOrEqual(199);
  });

  it("gives up after the last retry: dead letter queue and failure callback", async () => {
    reply = ({ path }) => (path === "/fails" ? { status: 500, body: "broken" } : { status: 200 });
    const { messageId } = await client.publish({
      url: `${target}/fails`,
      body: "hopeless",
      retries: 1,
      failureCallback: `${target}/failed`,
    });
    await queue.whenIdle();
    expect(received.map(({ path }) => path)).toEqual(["/fails", "/fails", "/failed"]);
    const { messages } = await client.dlq.listMessages();
    expect(messages).toMatchObject([
      { messageId, body: "hopeless", responseStatus: 500, responseBody: "broken", retried: 1 },
    ]);
    const told = JSON.parse(received[2]?.body ?? "{}");
    expect(told).toMatchObject({
      status: 500,
      sourceMessageId: messageId,
      retried: 1,
      maxRetries: 1,
      dlqId: messages[0]?.dlqId,
    });
    expect([told.body, told.sourceBody].map((text) => atob(text))).toEqual(["broken", "hopeless"]);
    expect(queue.dlq()).toHaveLength(1);
  });

  it("gives up at once on 489 with Upstash-NonRetryable-Error", async () => {
    reply = failWith(489, { "upstash-nonretryable-error": "true" });
    await client.publish({ url: target });
    await queue.whenIdle();
    expect(received).toHaveLength(1);
    expect(queue.dlq()).toMatchObject([{ responseStatus: 489 }]);
  });

  it("delivers a message of the dead letter queue again when asked, and deletes one", async () => {
    reply = failWith(500);
    await client.publish({ url: target, body: "again", retries: 0 });
    await queue.whenIdle();
    reply = () => ({ status: 200 });
    await client.dlq.retry(queue.dlq().map(({ dlqId }) => dlqId));
    await queue.whenIdle();
    expect(bodies()).toEqual(["again", "again"]);
    expect(queue.dlq()).toEqual([]);
    reply = failWith(500);
    await client.publish({ url: target, retries: 0 });
    await queue.whenIdle();
    await client.dlq.delete(queue.dlq()[0]?.dlqId ?? "");
    expect(queue.dlq()).toEqual([]);
  });

  it("counts no answer and a late answer as failures", async () => {
    reply = () => ({ status: 200, afterMs: 1500 });
    await client.publish({ url: "http://127.0.0.1:1/", retries: 0 });
    await client.publish({ url: target, retries: 0, timeout: 1 });
    await queue.whenIdle();
    expect(queue.dlq()).toMatchObject([{ responseStatus: 0 }, { responseStatus: 0 }]);
  });

  it("sends the receiver's answer to the callback", async () => {
    reply = ({ path }) => ({ status: 200, body: path === "/work" ? "the result" : "" });
    await client.publish({
      url: `${target}/work`,
      callback: `${target}/back`,
      headers: { "Upstash-Callback-Forward-X-Own": "1" },
    });
    await queue.whenIdle();
    expect(received).toMatchObject([{ path: "/work" }, { path: "/back", headers: { "x-own": "1" } }]);
    const { status, body } = JSON.parse(received[1]?.body ?? "{}");
    expect([status, atob(body)]).toEqual([200, "the result"]);
  });
});

describe("flow control", () => {
  it("never runs more of a key at once than its parallelism, and other keys beside it", async () => {
    reply = ({ body }) => ({ status: 200, afterMs: body === "fast" ? 0 : 20 });
    const flowControl = { key: "narrow", parallelism: 2 };
    await client.batch(Array.from({ length: 10 }, () => ({ url: target, body: "slow", flowControl })));
    await client.publish({ url: target, body: "fast" });
    await queue.whenIdle();
    expect(mostActive).toBeLessThanOrEqual(3);
    expect(bodies().indexOf("fast")).toBeLessThan(9);
    expect(received).toHaveLength(11);
  });

  it("starts no more of a key in a period than its rate", async () => {
    const flowControl = { key: "rated", rate: 3, period: 1 };
    await client.batch(Array.from({ length: 5 }, () => ({ url: target, flowControl })));
    await queue.whenIdle();
    const [first = 0] = received.map(({ at }) => at);
    expect(received.filter(({ at }) => at - first < 900)).toHaveLength(3);
    expect(received).toHaveLength(5);
  });
});

describe("at least once", () => {
  it("duplicates and reorders deliveries when told to, losing none", async () => {
    queue.faults.reseed(5);
    queue.faults.duplicate(0.5);
    queue.faults.reorder(0.5, 60);
    const sent = Array.from({ length: 30 }, (_, n) => String(n));
    await client.batch(sent.map((body) => ({ url: target, body })));
    await queue.whenIdle();
    expect(received.length).toBeGreaterThan(35);
    expect(received.length).toBeLessThan(60);
    const firsts = [...new Set(bodies())];
    expect(firsts.toSorted()).toEqual(sent.toSorted());
    expect(firsts).not.toEqual(sent);
    expect(queue.deliveries().some(({ duplicate }) => duplicate)).toBe(true);
  });

  it("holds deliveries until released", async () => {
    queue.faults.hold();
    await client.publish({ url: target, body: "held" });
    await sleep(30);
    expect(received).toEqual([]);
    queue.faults.release();
    await queue.whenIdle();
    expect(bodies()).toEqual(["held"]);
  });

  it("can refuse a publish, or take it and not say so", async () => {
    queue.faults.refusePublish(1, 503);
    await expect(client.publish({ url: target, body: "refused" })).rejects.toMatchObject({ status: 503 });
    queue.faults.dropAfterPublish();
    await expect(client.publish({ url: target, body: "taken" })).rejects.toThrow();
    await queue.whenIdle();
    expect(bodies()).toEqual(["taken"]);
  });
});

describe("journal", () => {
  it("keeps waiting messages, dead letters and deduplication over a restart, and delivers once", async () => {
    const dir = await mkdtemp(join(tmpdir(), "boardroom-queue-"));
    try {
      const first = await startQueue({ dir, timeScale: 0.001 });
      reply = ({ body }) => ({ status: body === "dead" ? 500 : 200 });
      await connect(first).publish({ url: target, body: "done" });
      await connect(first).publish({ url: target, body: "dead", retries: 0 });
      await first.whenIdle();
      first.faults.hold();
      const kept = await connect(first).publish({ url: target, body: "kept", deduplicationId: "k" });
      await first.stop();

      const second = await startQueue({ dir, held: true });
      expect(second.waiting()).toBe(1);
      expect(second.dlq()).toMatchObject([{ retried: 0, responseStatus: 500 }]);
      expect(await connect(second).publish({ url: target, deduplicationId: "k" })).toMatchObject({
        messageId: kept.messageId,
      });
      second.faults.release();
      await second.whenIdle();
      await second.stop();
      expect(bodies()).toEqual(["done", "dead", "kept"]);

      const third = await startQueue({ dir });
      expect(third.waiting()).toBe(0);
      await third.stop();
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it("reads a journal whose last line was cut off, and says in one line when it is broken", async () => {
    const dir = await mkdtemp(join(tmpdir(), "boardroom-queue-"));
    try {
      const first = await startQueue({ dir, held: true });
      await connect(first).publish({ url: target, body: "whole" });
      await first.stop();
      const file = join(dir, "queue.jsonl");
      await appendFile(file, '{"put":{"messageId":"msg_to');
      const second = await startQueue({ dir, held: true });
      expect(second.waiting()).toBe(1);
      await second.stop();
      await appendFile(file, "not JSON\n");
      await expect(startQueue({ dir })).rejects.toMatchObject({
        code: "data_folder_broken",
        message: expect.stringContaining(file),
      });
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it("delivers a message again whose delivery was cut off by the stop", async () => {
    const dir = await mkdtemp(join(tmpdir(), "boardroom-queue-"));
    try {
      const first = await startQueue({ dir });
      reply = () => ({ status: 200, afterMs: 3000 });
      await connect(first).publish({ url: target, body: "cut" });
      while (received.length === 0) await sleep(5);
      await first.stop();
      reply = () => ({ status: 200 });
      const second = await startQueue({ dir });
      await second.whenIdle();
      await second.stop();
      expect(bodies()).toEqual(["cut", "cut"]);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
});
