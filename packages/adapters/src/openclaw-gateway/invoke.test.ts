import type { Invocation } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { cancel, current, heartbeat, invocation, poll, previous, runId, taskId } from "../../test/invocation.ts";
import { listen, type Received, type Reply } from "../../test/listen.ts";
import { invokeAgent } from "../index.ts";
import { testOpenclawGateway } from "./test-environment.ts";

async function invoke(
  answer: (request: Received) => Reply,
  config: Record<string, unknown> = {},
  over: Partial<Invocation> = {},
) {
  const { origin, received } = await listen(answer);
  const url = `${origin}/hooks/agent`;
  const outcome = await invokeAgent(invocation("openclaw_gateway", { url, timeoutSec: 2, ...config }, over), {
    allowLocal: true,
  });
  return { outcome, received };
}

const admitted = () => ({ json: { ok: true, runId: "hook-1" } });

describe("a wake of an OpenClaw agent", () => {
  it("is one authenticated hook, and accepted once the gateway admits the turn", async () => {
    const { outcome, received } = await invoke(admitted, { agentId: "main" });
    expect(outcome).toEqual({ kind: "accepted", httpStatus: 200, externalRunId: "hook-1" });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({
      method: "POST",
      path: "/hooks/agent",
      headers: { authorization: `Bearer ${current}`, "idempotency-key": runId },
      body: { agentId: "main", deliver: false, name: "Boardroom", timeoutSeconds: 3600 },
    });
  });

  it("tells the run and how to report, but no token", async () => {
    const { received } = await invoke(admitted);
    const text = JSON.stringify(received[0]?.body);
    expect(text).toContain(`PAPERCLIP_RUN_ID=${runId}`);
    expect(text).toContain(`/api/heartbeat-runs/${runId}/complete`);
    expect(text).not.toContain("secret-run-token");
    expect(text).not.toContain("whsec_");
  });

  it("says the same again when it is delivered again", async () => {
    const again = heartbeat();
    again.data.fence = 8;
    again.data.runToken = "another";
    again.data.leaseExpiresAt = "2026-01-01T00:10:00Z";
    const first = await invoke(admitted);
    const second = await invoke(admitted, {}, { payload: again });
    expect(second.received[0]?.body).toEqual(first.received[0]?.body);
  });

  it("keeps a session per task only when it is told to", async () => {
    const { received: isolated } = await invoke(admitted);
    expect(isolated[0]?.body).not.toHaveProperty("sessionKey");
    const { received: kept } = await invoke(admitted, { sessionMode: "task" });
    expect(kept[0]?.body).toMatchObject({ sessionKey: `hook:boardroom:${taskId}`, sessionMode: "persistent" });
  });

  it("tries the secret before while a rotation lasts", async () => {
    const knowsPrevious = ({ headers }: Received): Reply =>
      headers.authorization === `Bearer ${previous}` ? admitted() : { status: 401, text: "Unauthorized" };
    const { outcome, received } = await invoke(knowsPrevious, {}, { secrets: [current, previous] });
    expect(outcome).toMatchObject({ kind: "accepted" });
    expect(received).toHaveLength(2);
  });

  it.each([
    ["401", { status: 401, text: "Unauthorized" }, { retryable: false, errorCode: "http_401" }],
    ["404", { status: 404, text: "Not Found" }, { retryable: false, errorCode: "http_404" }],
    [
      "400 with a reason",
      { status: 400, json: { ok: false, error: "unknown agent" } },
      { retryable: false, message: expect.stringContaining("unknown agent") },
    ],
    ["a busy session", { status: 409, json: { ok: false, error: "busy" } }, { retryable: true, errorCode: "http_409" }],
    ["no capacity", { status: 503, headers: { "retry-after": "9" } }, { retryable: true, retryAfterMs: 9000 }],
    ["throttling", { status: 429, headers: { "retry-after": "60" } }, { retryable: true, retryAfterMs: 60_000 }],
    ["a mapping without action", { status: 204 }, { retryable: false, errorCode: "no_action" }],
    ["another server's page", { text: "<html>" }, { retryable: false, errorCode: "not_admitted" }],
    [
      "a refusal with 200",
      { json: { ok: false, error: "no\u0000pe" } },
      { errorCode: "not_admitted", message: expect.stringContaining("nope") },
    ],
    ["a redirect", { status: 302, headers: { location: "/" } }, { retryable: false, errorCode: "redirected" }],
    ["JSON nested without end", { text: `{"a":${"[".repeat(200_000)}` }, { errorCode: "not_admitted" }],
  ] as const)("fails as it should on %s", async (_, reply: Reply, expected) => {
    const { outcome } = await invoke(() => reply);
    expect(outcome).toMatchObject({ kind: "failed", ...expected });
  });

  it("takes an admission without a run id, and cuts one that is too long", async () => {
    const bare = await invoke(() => ({ status: 202, json: { ok: true } }));
    expect(bare.outcome).toEqual({ kind: "accepted", httpStatus: 202 });
    const long = await invoke(() => ({ json: { ok: true, runId: "x".repeat(5000) } }));
    expect(long.outcome).toMatchObject({ externalRunId: expect.stringMatching(/^x{199}…$/) });
  });

  it.each([
    ["cancel", cancel],
    ["poll", poll],
  ])("asks nothing of the gateway for a %s: the hook has no such thing", async (_, payload) => {
    const { outcome, received } = await invoke(admitted, {}, { payload });
    expect(outcome).toMatchObject({ kind: "failed", retryable: false, errorCode: "unsupported" });
    expect(received).toEqual([]);
  });

  it("sends nothing without a secret", async () => {
    const { outcome, received } = await invoke(admitted, {}, { secrets: [] });
    expect(outcome).toMatchObject({ errorCode: "no_secret" });
    expect(received).toEqual([]);
  });
});

describe("the environment test of an OpenClaw gateway", () => {
  it.each([
    [405, "info", "gateway_hooks_on"],
    [404, "warn", "gateway_hooks_unknown"],
    [200, "warn", "gateway_hooks_unknown"],
  ])("reads %i as %s %s", async (status, level, code) => {
    const { origin, received } = await listen(() => ({ status }));
    const checks = await testOpenclawGateway({ url: `${origin}/hooks/agent` }, { allowLocal: true });
    expect(checks).toEqual([expect.objectContaining({ level, code })]);
    expect(received[0]?.method).toBe("GET");
  });

  it("says when nobody is there, and when the configuration is none", async () => {
    const away = await testOpenclawGateway({ url: "http://127.0.0.1:9/hooks/agent" }, { allowLocal: true });
    expect(away).toEqual([expect.objectContaining({ level: "error", code: "gateway_unreachable" })]);
    const bad = await testOpenclawGateway({}, { allowLocal: true });
    expect(bad).toEqual([expect.objectContaining({ level: "error", code: "config_invalid" })]);
  });
});
