import type { Invocation } from "@boardroom/contract";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { hostileUrls } from "../../test/hostile-urls.ts";
import { cancel, current, heartbeat, invocation, poll, previous, runId } from "../../test/invocation.ts";
import { listen, type Received, type Reply } from "../../test/listen.ts";
import { invokeAgent } from "../index.ts";
import { testA2a } from "./test-environment.ts";

type Version = "1.0" | "0.3";

function cardOf(version: Version, url: string) {
  if (version === "0.3") return { name: "Writer", protocolVersion: "0.3.0", url, preferredTransport: "JSONRPC" };
  const other = { url: "https://grpc.example", protocolBinding: "GRPC", protocolVersion: "1.0" };
  return { name: "Writer", supportedInterfaces: [other, { url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }] };
}

/** An agent that answers each JSON-RPC call as it is told. */
async function agent(version: Version, answer: (call: Rpc, request: Received) => Reply) {
  let origin = "";
  const server = await listen((request) => {
    if (request.method === "GET") return { json: cardOf(version, `${origin}/rpc`) };
    return answer(request.body as Rpc, request);
  });
  origin = server.origin;
  const calls = () => server.received.filter(({ method }) => method === "POST");
  return { url: origin, received: server.received, calls };
}

interface Rpc {
  id: string;
  method: string;
  params: Record<string, unknown>;
}

const invoke = (url: string, over: Partial<Invocation> = {}, config: Record<string, unknown> = {}) =>
  invokeAgent(invocation("a2a", { url, timeoutSec: 2, ...config }, over), { allowLocal: true });

const reply = (result: unknown): Reply => ({ json: { jsonrpc: "2.0", id: runId, result } });
const rpcError = (code: number, message = "no"): Reply => ({
  json: { jsonrpc: "2.0", id: runId, error: { code, message } },
});
const task = (state: string, over: Record<string, unknown> = {}) => ({
  id: "task-1",
  contextId: "ctx-1",
  status: { state },
  ...over,
});
const said = (text: string) => ({ message: { parts: [{ text }] } });

describe("a wake of an A2A agent", () => {
  it("sends a message of protocol 1.0 and accepts a task that works", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    expect(await invoke(url)).toEqual({ kind: "accepted", httpStatus: 200, externalRunId: "task-1" });
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatchObject({
      path: "/rpc",
      headers: { "a2a-version": "1.0" },
      body: {
        jsonrpc: "2.0",
        method: "SendMessage",
        params: {
          message: {
            messageId: runId,
            role: "ROLE_USER",
            parts: [{ text: expect.stringContaining("Boardroom wakes you") }],
          },
          configuration: { returnImmediately: true },
        },
      },
    });
  });

  it("sends a message of protocol 0.3 to an agent of that time", async () => {
    const { url, calls } = await agent("0.3", () => reply({ kind: "task", ...task("submitted") }));
    expect(await invoke(url)).toMatchObject({ kind: "accepted", externalRunId: "task-1" });
    expect(calls()[0]).toMatchObject({
      headers: { "a2a-version": "0.3" },
      body: {
        method: "message/send",
        params: {
          message: { kind: "message", role: "user", parts: [{ kind: "text" }] },
          configuration: { blocking: false },
        },
      },
    });
  });

  it("takes a message as the whole answer", async () => {
    const { url } = await agent("1.0", () => reply({ message: { contextId: "ctx-1", parts: [{ text: "Hello." }] } }));
    expect(await invoke(url)).toMatchObject({
      kind: "finished",
      result: { status: "succeeded", summary: "Hello.", sessionParams: { sessionId: "ctx-1" } },
    });
  });

  it("finishes with what a completed task made, and keeps the conversation", async () => {
    const artifacts = [
      { parts: [{ text: "Part one." }, { filename: "plan.md", url: "https://x.example" }] },
      { parts: [{ text: "Two." }] },
    ];
    const { url } = await agent("1.0", () => reply({ task: task("TASK_STATE_COMPLETED", { artifacts }) }));
    expect(await invoke(url)).toEqual({
      kind: "finished",
      httpStatus: 200,
      result: {
        status: "succeeded",
        summary: "Part one.\n\n[plan.md]\n\nTwo.",
        externalRunId: "task-1",
        sessionParams: { sessionId: "ctx-1" },
      },
    });
  });

  it.each([
    ["TASK_STATE_FAILED", { status: "failed", errorCode: "task_failed", errorFamily: "permanent", error: "Because." }],
    ["rejected", { status: "failed", errorCode: "rejected" }],
    ["auth-required", { status: "failed", errorCode: "auth_required", errorFamily: "config" }],
    ["TASK_STATE_CANCELED", { status: "cancelled" }],
    [
      "input-required",
      {
        status: "succeeded",
        summary: "The agent asks: Because.",
        sessionParams: { sessionId: "ctx-1", taskId: "task-1" },
      },
    ],
  ])("ends the run with a task that is %s", async (state, result) => {
    const { url } = await agent("1.0", () => reply({ task: task(state, { status: { state, ...said("Because.") } }) }));
    expect(await invoke(url)).toMatchObject({ kind: "finished", result });
  });

  it("goes on with the conversation of the task's earlier run, and with a task that waits for an answer", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    await invoke(url, { payload: heartbeat({ sessionParams: { sessionId: "ctx-0", taskId: "task-0" } }) });
    expect(calls()[0]?.body).toMatchObject({ params: { message: { contextId: "ctx-0", taskId: "task-0" } } });
  });

  it("starts afresh, once, when the agent has forgotten both", async () => {
    const { url, calls } = await agent("1.0", ({ params }) =>
      JSON.stringify(params).includes("ctx-0")
        ? rpcError(-32001, "Task not found")
        : reply({ task: task("TASK_STATE_WORKING") }),
    );
    const payload = heartbeat({ sessionParams: { sessionId: "ctx-0", taskId: "task-0" } });
    expect(await invoke(url, { payload })).toMatchObject({ kind: "accepted" });
    expect(calls().map(({ body }) => (body as Rpc).params.message)).toEqual([
      expect.objectContaining({ contextId: "ctx-0", taskId: "task-0" }),
      expect.not.objectContaining({ taskId: "task-0" }),
      expect.not.objectContaining({ contextId: "ctx-0" }),
    ]);
  });

  it("gives the run token only to agents that are trusted with it", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    await invoke(url);
    await invoke(url, {}, { shareRunToken: true });
    expect(JSON.stringify(calls()[0]?.body)).not.toContain("secret-run-token");
    expect(calls()[1]?.body).toMatchObject({
      params: { message: { metadata: { boardroom: { runToken: "secret-run-token", fence: 7 } } } },
    });
  });
});

describe("a run that an A2A agent has accepted", () => {
  it.each([
    ["1.0", "GetTask", "CancelTask"],
    ["0.3", "tasks/get", "tasks/cancel"],
  ] as const)("is asked about and cancelled by protocol %s", async (version, get, stop) => {
    const { url, calls } = await agent(version, ({ method }) => reply(task(method === get ? "working" : "canceled")));
    expect(await invoke(url, { payload: poll, externalRunId: "task-1" })).toMatchObject({ kind: "accepted" });
    expect(await invoke(url, { payload: cancel, externalRunId: "task-1" })).toMatchObject({
      kind: "finished",
      result: { status: "cancelled" },
    });
    expect(calls().map(({ body }) => body)).toEqual([
      expect.objectContaining({ method: get, params: { id: "task-1" } }),
      expect.objectContaining({ method: stop, params: { id: "task-1" } }),
    ]);
  });

  it("is given up when the agent doesn't know it any more", async () => {
    const { url } = await agent("1.0", () => rpcError(-32001));
    expect(await invoke(url, { payload: poll, externalRunId: "task-1" })).toMatchObject({
      retryable: false,
      errorCode: "task_not_found",
    });
  });

  it("isn't asked about before the agent has named it", async () => {
    const { url, received } = await agent("1.0", () => reply({}));
    expect(await invoke(url, { payload: poll })).toMatchObject({ errorCode: "no_task" });
    expect(received).toEqual([]);
  });
});

describe("who calls", () => {
  it("is signed as the standardwebhooks package accepts it, by both secrets of a rotation", async () => {
    let body = "";
    const { url, calls } = await agent("1.0", (call) => {
      body = JSON.stringify(call);
      return reply({ task: task("TASK_STATE_WORKING") });
    });
    await invoke(url, { secrets: [current, previous] });
    const headers = calls()[0]?.headers as Record<string, string>;
    for (const secret of [current, previous]) {
      expect(new Webhook(secret).verify(body, headers)).toMatchObject({ method: "SendMessage" });
    }
    expect(headers.authorization).toBeUndefined();
  });

  it.each([
    [{ authentication: "bearer" }, { authorization: `Bearer ${current}` }],
    [{ authentication: "api_key", apiKeyHeader: "X-Agent-Key" }, { "x-agent-key": current }],
  ])("is told by %j", async (config, headers) => {
    const { url, received } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    await invoke(url, {}, config);
    expect(received[1]?.headers).toMatchObject(headers);
    expect(JSON.stringify(received[0]?.headers)).not.toContain("whsec_");
  });

  it("doesn't give the secret to another host that the card names", async () => {
    const other = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    const { origin } = await listen(() => ({ json: cardOf("1.0", `${other.url}/rpc`) }));
    expect(await invoke(origin, {}, { authentication: "bearer" })).toMatchObject({ errorCode: "unsafe_url" });
    expect(other.received).toEqual([]);
    expect(await invoke(origin)).toMatchObject({ kind: "accepted" });
  });
});

describe("an agent that misbehaves", () => {
  it("can't lead a call to where none may go", async () => {
    const sent: string[] = [];
    let target = "";
    const send = async (url: string) => {
      sent.push(url);
      return Response.json(cardOf("1.0", target));
    };
    const one = invocation("a2a", { url: "https://agents.example.com" });
    for (target of Object.values(hostileUrls).flat()) {
      const outcome = await invokeAgent(one, { allowLocal: false, fetch: send });
      expect(outcome, target).toMatchObject({ kind: "failed", retryable: false });
    }
    expect(new Set(sent)).toEqual(new Set(["https://agents.example.com/.well-known/agent-card.json"]));
  });

  it.each([
    ["no card", { status: 404 }, { errorCode: "http_404", retryable: false }],
    ["a card that is a page", { text: "<html>" }, { errorCode: "no_interface" }],
    [
      "a card without JSON-RPC",
      { json: { name: "x", preferredTransport: "GRPC", url: "https://x.example" } },
      { errorCode: "no_interface" },
    ],
    [
      "a card of a protocol to come",
      {
        json: {
          name: "x",
          supportedInterfaces: [{ url: "https://x.example", protocolBinding: "JSONRPC", protocolVersion: "2.0" }],
        },
      },
      { errorCode: "no_interface" },
    ],
    ["a card that redirects", { status: 301, headers: { location: "/x" } }, { errorCode: "redirected" }],
    ["a card larger than 1 MiB", { text: " ".repeat(1_100_000) }, { errorCode: "response_too_large" }],
    ["a card that can't be served now", { status: 503 }, { errorCode: "http_503", retryable: true }],
  ] as const)("fails as it should with %s", async (_, answer: Reply, expected) => {
    const { origin } = await listen(() => answer);
    expect(await invoke(origin)).toMatchObject({ kind: "failed", ...expected });
  });

  it.each([
    ["an internal error", rpcError(-32603), { errorCode: "a2a_error", retryable: true }],
    [
      "a refusal",
      rpcError(-32602, "bad\u0000 params"),
      { errorCode: "a2a_error", retryable: false, message: expect.stringContaining("bad params") },
    ],
    [
      "an error with a status of its own",
      { status: 400, ...rpcError(-32600) },
      { errorCode: "a2a_error", retryable: false },
    ],
    ["401", { status: 401 }, { errorCode: "http_401", retryable: false }],
    [
      "429",
      { status: 429, headers: { "retry-after": "5" } },
      { errorCode: "http_429", retryable: true, retryAfterMs: 5000 },
    ],
    ["a list", { json: [] }, { errorCode: "invalid_answer" }],
    ["nothing", {}, { errorCode: "invalid_answer" }],
    ["a result of another kind", reply("done"), { errorCode: "invalid_answer" }],
    ["a task without an id", reply({ task: { status: { state: "working" } } }), { errorCode: "invalid_answer" }],
    ["a task with a hostile id", reply({ task: task("working", { id: "a\u0000b" }) }), { errorCode: "invalid_answer" }],
    ["a state that isn't known", reply({ task: task("pondering") }), { errorCode: "invalid_answer" }],
    ["numbers everywhere", reply({ task: { id: 1, status: 2, artifacts: 3 } }), { errorCode: "invalid_answer" }],
    ["nothing in time", { raw: () => undefined }, { errorCode: "timeout", retryable: true }],
  ] as const)("fails as it should with %s", async (_, answer: Reply, expected) => {
    const { url } = await agent("1.0", () => answer);
    expect(await invoke(url, {}, { timeoutSec: 1 })).toMatchObject({ kind: "failed", ...expected });
  });

  it("can't fill the summary without end", async () => {
    const artifacts = [{ parts: [{ text: "x".repeat(500_000) }] }];
    const { url } = await agent("1.0", () => reply({ task: task("completed", { artifacts }) }));
    const outcome = await invoke(url);
    expect(outcome).toMatchObject({ kind: "finished", result: { summary: expect.stringMatching(/^x{7999}…$/) } });
  });
});

describe("the environment test of an A2A agent", () => {
  const test = (url: string, config: Record<string, unknown> = {}) => testA2a({ url, ...config }, { allowLocal: true });

  it("says who is there and starts nothing", async () => {
    const { url, calls } = await agent("0.3", () => ({}));
    expect(await test(url)).toEqual([
      expect.objectContaining({
        level: "info",
        code: "card_read",
        message: expect.stringContaining("Writer speaks A2A 0.3"),
      }),
    ]);
    expect(calls()).toEqual([]);
  });

  it("reads the card where the URL names it", async () => {
    const { origin, received } = await listen(() => ({ json: cardOf("1.0", "https://agents.example.com/rpc") }));
    await test(`${origin}/cards/writer.json`);
    expect(received[0]?.path).toBe("/cards/writer.json");
  });

  it("warns when the card asks for authentication that isn't sent", async () => {
    const { origin } = await listen(() => ({
      json: { ...cardOf("0.3", "https://agents.example.com"), security: [{ bearer: [] }] },
    }));
    expect(await test(origin)).toContainEqual(expect.objectContaining({ level: "warn", code: "card_needs_auth" }));
  });

  it.each([
    ["card_missing", { status: 404 }],
    ["card_no_interface", { json: { name: "x" } }],
    ["card_unsafe_url", { json: cardOf("1.0", "https://10.0.0.8/rpc") }],
  ] as const)("finds %s", async (code, answer: Reply) => {
    const { origin } = await listen(() => answer);
    expect(await test(origin)).toContainEqual(expect.objectContaining({ level: "error", code }));
  });

  it("finds card_unreachable and config_invalid", async () => {
    expect(await test("http://127.0.0.1:9")).toEqual([expect.objectContaining({ code: "card_unreachable" })]);
    expect(await test("nowhere")).toEqual([expect.objectContaining({ code: "config_invalid" })]);
  });
});
