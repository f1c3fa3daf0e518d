import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { DispatchedRun } from "@boardroom/domain";
import { type LocalQueue, startQueue } from "@boardroom/local";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRunQueue } from "../run-queue.ts";

interface Arrival {
  runId: string;
  at: number;
}

let queue: LocalQueue;
let server: Server;
let publicUrl: string;
let arrivals: Arrival[];
/** What the Worker answers to the n-th message. */
let answer: (nth: number) => number;

beforeEach(async () => {
  arrivals = [];
  answer = () => 200;
  queue = await startQueue({ timeScale: 0.01 });
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { runId } = JSON.parse(Buffer.concat(chunks).toString());
    arrivals.push({ runId, at: Date.now() });
    response.writeHead(answer(arrivals.length)).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await queue.stop();
  server.closeAllConnections();
  server.close();
});

const enqueueTo = (url = queue.url) => createRunQueue({ url, token: queue.token, publicUrl });
const companyId = crypto.randomUUID();
const newRuns = (count: number, fields: Partial<DispatchedRun> = {}): DispatchedRun[] =>
  Array.from({ length: count }, () => ({ companyId, runId: crypto.randomUUID(), ...fields }));

it("hands over any number of runs in batches that the queue takes, each run once", async () => {
  const runs = newRuns(250);
  await enqueueTo()(runs);
  await queue.whenIdle();
  expect(arrivals.map(({ runId }) => runId).toSorted()).toEqual(runs.map(({ runId }) => runId).toSorted());
});

it("takes the same run of the same second once, so that a publish whose answer was lost can be repeated", async () => {
  const runs = newRuns(3, { delayMs: 1000 });
  queue.faults.dropAfterPublish();
  // The client repeats the request by itself.
  await enqueueTo()(runs);
  await queue.whenIdle();
  expect(arrivals).toHaveLength(3);
});

it("takes a run again when it is due another time, within the ten minutes for which the queue remembers", async () => {
  const [run] = newRuns(1);
  if (!run) throw new Error("There is no run");
  await enqueueTo()([run]);
  await enqueueTo()([{ ...run, delayMs: 2000 }]);
  await queue.whenIdle();
  expect(arrivals).toHaveLength(2);
});

it("delivers a delayed run not before the claim takes it, and within a second of its time", async () => {
  const delays = [300, 900, 1250, 1600, 2400];
  const startedAt = Date.now();
  const runs = delays.flatMap((delayMs) => newRuns(1, { delayMs }));
  await enqueueTo()(runs);
  await queue.whenIdle();
  for (const [index, delayMs] of delays.entries()) {
    const arrival = arrivals.find(({ runId }) => runId === runs[index]?.runId);
    const lateMs = (arrival?.at ?? 0) - startedAt - delayMs;
    expect(lateMs, `${delayMs} ms`).toBeGreaterThanOrEqual(-250);
    // A second, and what this machine may take for a request.
    expect(lateMs, `${delayMs} ms`).toBeLessThan(1400);
  }
});

it("lets the queue try again while the Worker doesn't answer 2xx, and gives up after three tries more", async () => {
  answer = (nth) => (nth < 3 ? 503 : 200);
  await enqueueTo()(newRuns(1));
  await queue.whenIdle();
  expect([arrivals.length, queue.dlq().length]).toEqual([3, 0]);
  answer = () => 503;
  arrivals = [];
  await enqueueTo()(newRuns(1));
  await queue.whenIdle();
  expect([arrivals.length, queue.dlq().length]).toEqual([4, 1]);
});

it("says so when a batch is refused, after it has handed over the others", async () => {
  queue.faults.hold();
  const runs = newRuns(150);
  const refusing = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const messages: unknown[] = JSON.parse(Buffer.concat(chunks).toString());
    if (messages.length === 100)
      return response.writeHead(200).end(JSON.stringify(messages.map(() => ({ error: "full" }))));
    const passed = await fetch(`${queue.url}${request.url}`, {
      method: "POST",
      headers: { authorization: String(request.headers.authorization), "content-type": "application/json" },
      body: JSON.stringify(messages),
    });
    response.writeHead(passed.status).end(await passed.text());
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}`;
  await expect(enqueueTo(url)(runs)).rejects.toThrow(/refused 100 of 100 messages.*full/);
  expect(queue.waiting()).toBe(50);
  refusing.close();
});

it("keeps one company from taking the whole queue: at most twenty of its messages are on their way", async () => {
  let active = 0;
  let most = 0;
  server.removeAllListeners("request");
  server.on("request", async (request, response) => {
    request.resume();
    active += 1;
    most = Math.max(most, active);
    await sleep(30);
    active -= 1;
    response.writeHead(200).end();
  });
  await enqueueTo()(newRuns(100));
  await queue.whenIdle();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(20);
});
