import type { Invocation } from "@boardroom/contract";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { agent, cardOf, reply, rpcError, task } from "../../test/a2a-agent.ts";
import { hostileUrls } from "../../test/hostile-urls.ts";
import { current, invocation, previous } from "../../test/invocation.ts";
import { listen, type Reply } from "../../test/listen.ts";
import { invokeAgent } from "../index.ts";

const invoke = (url: string, over: Partial<Invocation> = {}, config: Record<string, unknown> = {}) =>
  invokeAgent(invocation("a2a", { url, timeoutSec: 2, ...config }, over), { allowLocal: true });

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
