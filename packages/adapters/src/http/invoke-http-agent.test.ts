import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Invocation } from "@boardroom/contract";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it } from "vitest";
import { invokeAgent } from "../index.ts";

const current = `whsec_${btoa("c".repeat(32))}`;
const previous = `whsec_${btoa("p".repeat(32))}`;
const runId = "01989e5e-0000-7000-8000-000000000001";
let server: Server | null = null;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function listen(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/hook`;
}

const invocationOf = (url: string, over: Partial<Invocation> = {}): Invocation => ({
  adapterType: "http",
  config: { url, timeoutSec: 1 },
  secrets: [current],
  runId,
  traceparent: "00-01989e5e000070008000000000000001-0000000000000001-01",
  payload: {
    type: "heartbeat.cancel",
    timestamp: "2026-01-01T00:00:00Z",
    data: { agentId: runId, companyId: runId, runId, reason: null, fence: 1 },
  },
  ...over,
});
const invoke = (url: string, over: Partial<Invocation> = {}) =>
  invokeAgent(invocationOf(url, over), { allowLocal: true });

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Answers one status with headers and body. */
const answering = (status: number, headers: Record<string, string> = {}, body = "") =>
  listen((_, response) => response.writeHead(status, headers).end(body));

describe("the http adapter", () => {
  it("signs so that the standardwebhooks package accepts either secret of a rotation", async () => {
    const seen: { headers: Record<string, string>; body: string }[] = [];
    const url = await listen(async (request, response) => {
      seen.push({ headers: request.headers as Record<string, string>, body: await readBody(request) });
      response.writeHead(202).end();
    });
    expect(await invoke(url, { secrets: [current, previous] })).toEqual({ kind: "accepted", httpStatus: 202 });
    const { headers = {}, body = "" } = seen[0] ?? {};
    for (const secret of [current, previous]) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: "heartbeat.cancel" });
    }
    expect(headers["webhook-id"]).toBe(`${runId}-cancel`);
    expect(headers.traceparent).toMatch(/^00-/);
    expect(headers["content-type"]).toBe("application/json");
  });

  it("answers a result that the agent gives at once", async () => {
    const result = { status: "failed", summary: "no", costUsd: 0.12, usage: { inputTokens: 3 }, extra: 1 };
    const outcome = await invoke(await answering(200, { "content-type": "application/json" }, JSON.stringify(result)));
    expect(outcome).toEqual({
      kind: "finished",
      httpStatus: 200,
      result: { status: "failed", summary: "no", costUsd: 0.12, usage: { inputTokens: 3 } },
    });
  });

  it.each(["", "ok", '"ok"', "[]", "<html></html>"])(
    "takes the 2xx answer %j as succeeded without a result",
    async (body) => {
      expect(await invoke(await answering(200, {}, body))).toEqual({
        kind: "finished",
        httpStatus: 200,
        result: { status: "succeeded" },
      });
    },
  );

  it.each([
    ["a status there isn't", { status: "great" }],
    ["negative cost", { costUsd: -1 }],
    ["text that can't be stored", { summary: "a\u0000b" }],
  ])("fails for good on a result with %s", async (_, result) => {
    const outcome = await invoke(await answering(200, {}, JSON.stringify(result)));
    expect(outcome).toMatchObject({ kind: "failed", retryable: false, errorCode: "invalid_result" });
  });

  it("fails for good on a result nested without end", async () => {
    const body = `{"sessionParams":{"a":${"[".repeat(200_000)}${"]".repeat(200_000)}}}`;
    expect(await invoke(await answering(200, {}, body))).toMatchObject({
      retryable: false,
      errorCode: "invalid_result",
    });
  });

  it("knows an endpoint that is gone", async () => {
    expect(await invoke(await answering(410))).toEqual({ kind: "gone", httpStatus: 410 });
  });

  it.each([
    [429, { "retry-after": "7" }, 7000],
    [503, { "retry-after": "999999" }, 3_600_000],
    [500, {}, null],
    [408, {}, null],
  ])("tries again after %i", async (status, headers, retryAfterMs) => {
    const outcome = await invoke(await answering(status, headers as Record<string, string>, "x"));
    expect(outcome).toMatchObject({ kind: "failed", retryable: true, errorCode: `http_${status}`, retryAfterMs });
  });

  it.each([400, 401, 404, 422])("does not try again after %i", async (status) => {
    expect(await invoke(await answering(status))).toMatchObject({ kind: "failed", retryable: false });
  });

  it("does not follow a redirect", async () => {
    let calls = 0;
    const url = await listen((_, response) => {
      calls++;
      response.writeHead(302, { location: "/elsewhere" }).end();
    });
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: false, errorCode: "redirected" });
    expect(calls).toBe(1);
  });

  it("stops reading an answer at 1 MiB", async () => {
    let sent = 0;
    const url = await listen((_, response) => {
      response.writeHead(200);
      const chunk = "x".repeat(64 * 1024);
      const pump = () => {
        while (!response.destroyed && sent < 64 * 1024 * 1024) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", pump);
        }
        response.end();
      };
      pump();
    });
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: false, errorCode: "response_too_large" });
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it("gives up on an agent that never answers", async () => {
    const url = await listen(() => undefined);
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: true, errorCode: "timeout" });
  });

  it("gives up on an answer that never ends", async () => {
    const url = await listen((_, response) => void response.writeHead(200).write("{"));
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: true, errorCode: "timeout" });
  });

  it("tries again when the connection breaks in the middle", async () => {
    const url = await listen((request, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("{");
      setTimeout(() => request.socket.destroy(), 20);
    });
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: true, errorCode: "network" });
  });

  it("tries again when nobody listens", async () => {
    const url = await answering(200);
    await new Promise((resolve) => server?.close(resolve));
    expect(await invoke(url)).toMatchObject({ kind: "failed", retryable: true, errorCode: "network" });
  });

  it("never calls a target that is not allowed", async () => {
    const invocation = invocationOf("http://10.0.0.1/");
    const fetch = () => Promise.reject(new Error("called"));
    expect(await invokeAgent(invocation, { allowLocal: true, fetch })).toMatchObject({
      errorCode: "unsafe_url",
    });
  });

  it("refuses a kind of agent that it doesn't know", async () => {
    expect(await invoke("https://example.com/", { adapterType: "telepathy" })).toMatchObject({
      errorCode: "unknown_adapter",
    });
  });
});
