import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/hostile-streams.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import type { ExecutionContext, ToolCall } from "../local-adapter.ts";
import { codexLocalConfig } from "./config.ts";
import { codexLocalAdapter } from "./index.ts";

const run = async (
  stream: string[],
  config: Record<string, unknown> = {},
  differing: Partial<ExecutionContext> = {},
) => {
  const context = replay(runJob({ type: "codex_local", config }), [{ lines: stream }], differing);
  return { context, result: await codexLocalAdapter.execute(context) };
};
const unasked = { toolApprovals: false, model: "gpt-5.1-codex" };
const said = (lines: readonly (string | null)[]) => lines.map((line) => (line === null ? null : JSON.parse(line)));
const steps = (stream: string) =>
  readTranscript("codex_local", readStream(stream).join("\n"), true).entries.map(
    ({ kind, name, text, input, isError }) => [kind, name, input ?? text, isError],
  );
const usage = { inputTokens: 1600, cachedInputTokens: 1500, outputTokens: 70 };

describe("a recorded run of codex exec", () => {
  it("is understood whole", async () => {
    const { result } = await run(readStream("codex-exec"), unasked);
    expect(result).toMatchObject({
      status: "succeeded",
      summary: "The roof is mended.",
      usage,
      costUsd: null,
      provider: "openai",
      model: "gpt-5.1-codex",
      sessionParams: {
        sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        cwd: "/home/ada/roof",
        totals: { input: 3100, cached: 1500, output: 70 },
      },
    });
  });

  it("counts only what this run took of its session", async () => {
    const params = { cwd: "/home/ada/roof", totals: { input: 3000, cached: 1500, output: 60 } };
    const { result } = await run(readStream("codex-exec"), unasked, { session: { id: "s-1", params } });
    expect(result.usage).toEqual({ inputTokens: 100, cachedInputTokens: 0, outputTokens: 10 });
    const unknown = { id: "s-1", params: { cwd: "/home/ada/roof" } };
    expect((await run(readStream("codex-exec"), unasked, { session: unknown })).result.usage).toBeNull();
  });

  it("reads as a transcript", () => {
    expect(steps("codex-exec")).toEqual([
      ["system", null, expect.stringContaining("Session "), false],
      ["system", null, expect.stringContaining("Model metadata"), true],
      ["thinking", null, "I should look.", false],
      ["assistant", null, "I start.", false],
      ["tool_call", "shell", "/bin/bash -lc 'echo slate > roof.txt; cat roof.txt'", false],
      ["tool_result", "shell", "slate\n", false],
      ["tool_call", "shell", "/bin/bash -lc 'rm roof.txt; false'", false],
      ["tool_result", "shell", "", true],
      ["tool_call", "apply_patch", "add /home/ada/roof/new.txt", false],
      ["tool_result", "apply_patch", "add /home/ada/roof/new.txt", false],
      ["assistant", null, "The roof is mended.", false],
    ]);
  });

  it("fails by its limit", async () => {
    const limited = { status: "failed", errorFamily: "quota", errorCode: "rate_limited" };
    expect((await run(readStream("codex-exec-limited"), unasked)).result).toMatchObject(limited);
    expect((await run(readStream("codex-app-server-limited"))).result).toMatchObject(limited);
  });
});

describe("a recorded run through the app server", () => {
  const decide = (call: ToolCall) =>
    call.summary?.startsWith("rm")
      ? { decision: "deny" as const, note: "Keep it." }
      : { decision: "allow" as const, note: null };

  it("leads it through one turn, and asks for commands and changes", async () => {
    const asked: ToolCall[] = [];
    const askTool = async (call: ToolCall) => {
      asked.push(call);
      return decide(call);
    };
    const { context, result } = await run(readStream("codex-app-server"), { promptTemplate: "Go." }, { askTool });
    expect(result).toMatchObject({
      status: "succeeded",
      usage: { cachedInputTokens: 1500 },
      model: "gpt-5.1-codex",
      provider: "openai",
      sessionParams: { sessionId: expect.any(String), totals: { cached: 1500 } },
    });
    expect(asked).toMatchObject([
      { tool: "shell", summary: "echo slate > roof.txt; cat roof.txt", input: { cwd: "/home/ada/roof" } },
      { tool: "shell", summary: "rm roof.txt; false" },
      { tool: "apply_patch", summary: "/home/ada/roof/new.txt", input: { changes: [{ diff: "hello\n" }] } },
    ]);
    expect(JSON.parse(context.requests[0]?.stdin ?? "")).toMatchObject({ method: "initialize" });
    const messages = said(context.said);
    expect(messages.slice(0, 3)).toMatchObject([
      { method: "initialized" },
      {
        method: "thread/start",
        params: { cwd: "/home/ada/roof", approvalPolicy: "untrusted", sandbox: "workspace-write" },
      },
      { method: "turn/start", params: { input: [{ type: "text", text: "Go." }] } },
    ]);
    expect(messages).toContainEqual({ id: 0, result: { decision: "accept" } });
    expect(messages).toContainEqual({ id: 1, result: { decision: "decline" } });
    expect(messages.filter((message) => message === null)).toHaveLength(1);
    const steer = messages.findIndex((message) => message?.method === "turn/steer");
    expect(messages[steer]?.params.input[0].text).toBe("The board denied this: Keep it.");
    expect(messages[steer + 1]).toMatchObject({ result: { decision: "decline" } });
  });

  it("reads as a transcript", () => {
    const told = steps("codex-app-server");
    expect(told).toContainEqual(["thinking", null, "I should look.", false]);
    expect(told).toContainEqual(["assistant", null, "The roof is mended.", false]);
    expect(told).toContainEqual(["tool_call", "shell", expect.stringContaining("echo slate"), false]);
    expect(told).toContainEqual(["tool_result", "shell", "slate\n", false]);
    expect(told).toContainEqual(["tool_result", "shell", "Denied.", true]);
    expect(told).toContainEqual(["tool_result", "apply_patch", "add /home/ada/roof/new.txt", false]);
    expect(told.length).toBeLessThan(25);
  });

  it("resumes its thread, and is let go when that is refused", async () => {
    const session = { id: "s-1", params: { cwd: "/home/ada/roof" } };
    const lines = [
      '{"id":1,"result":{}}',
      '{"id":2,"error":{"code":-32600,"message":"no rollout found for thread id s-1"}}',
    ];
    const context = replay(
      runJob({ type: "codex_local", config: {} }),
      [{ lines }, { lines: readStream("codex-app-server") }],
      {
        session,
      },
    );
    expect(await codexLocalAdapter.execute(context)).toMatchObject({ status: "succeeded" });
    const messages = said(context.said);
    expect(messages[1]).toMatchObject({ method: "thread/resume", params: { threadId: "s-1" } });
    expect(messages[2]).toBeNull();
    expect(messages.filter((message) => message?.method === "thread/start")).toHaveLength(1);
  });

  it("declines what nobody can decide on", async () => {
    const requests = [
      "item/permissions/requestApproval",
      "item/tool/requestUserInput",
      "mcpServer/elicitation/request",
      "item/tool/call",
      "__proto__",
    ];
    const lines = requests.map((method, id) => JSON.stringify({ method, id, params: { threadId: "t" } }));
    const { context } = await run(lines);
    expect(context.asked).toEqual([]);
    expect(said(context.said)).toEqual([
      { id: 0, result: { permissions: {}, scope: "turn" } },
      { id: 1, result: { answers: {} } },
      { id: 2, result: { action: "decline", content: null, _meta: null } },
      { id: 3, error: { code: -32601, message: expect.any(String) } },
      { id: 4, error: { code: -32601, message: expect.any(String) } },
    ]);
  });

  it("denies a command when the board can't be asked", async () => {
    const request = { method: "item/commandExecution/requestApproval", id: 7, params: { command: "ls", itemId: "c" } };
    const askTool = () => Promise.reject(new Error("offline"));
    const { context } = await run([JSON.stringify(request)], {}, { askTool });
    expect(said(context.said)).toEqual([{ id: 7, result: { decision: "decline" } }]);
  });

  it("asks for all of a change, for no part of a command, and anew when the same item is asked about again", async () => {
    const item = { type: "fileChange", id: "i", changes: [{ path: "/a" }, { path: "/b" }] };
    const change = { method: "item/fileChange/requestApproval", params: { itemId: "i", grantRoot: "/" } };
    const command = { method: "item/commandExecution/requestApproval", params: { itemId: "c", command: "ls" } };
    const long = { ...command, params: { itemId: "d", command: `ls ${"x".repeat(5000)}; rm -rf .` } };
    const events = [
      { method: "item/started", params: { item } },
      { id: 1, ...change },
    ];
    const { context } = await run(
      [...events, { id: 2, ...command }, { id: 3, ...command }, { id: 4, ...long }].map((event) =>
        JSON.stringify(event),
      ),
    );
    expect(context.asked.map(({ summary }) => summary)).toEqual(["/a\n/b\n/", "ls", "ls", null]);
    expect(new Set(context.asked.map(({ callId }) => callId)).size).toBe(4);
  });

  it("asks only for a denial of a call of Boardroom's own API", async () => {
    const command = `/bin/bash -lc 'curl -s "$PAPERCLIP_API_URL/api/agents/me"'`;
    const request = { method: "item/commandExecution/requestApproval", id: 7, params: { command, itemId: "c" } };
    const env = { PAPERCLIP_API_URL: "http://127.0.0.1:4100" };
    const { context } = await run([JSON.stringify(request)], {}, { env });
    expect(context.asked).toMatchObject([
      { summary: 'curl -s "$PAPERCLIP_API_URL/api/agents/me"', unlessDenied: true },
    ]);
    expect(said(context.said)).toEqual([{ id: 7, result: { decision: "accept" } }]);
    const askTool = async () => ({ decision: "deny", note: "No net." }) as const;
    const denied = await run([JSON.stringify(request)], {}, { env, askTool });
    expect(said(denied.context.said)).toContainEqual({ id: 7, result: { decision: "decline" } });
  });
});

describe("how Codex is started", () => {
  it("by exec in a sandbox when nobody is asked", async () => {
    const config = { toolApprovals: false, model: "gpt-6.1-sol", effort: "high", extraArgs: ["-c", "x=1"] };
    const session = { id: "s-1", params: { cwd: "/home/ada/roof" } };
    const { context } = await run([], config, { session });
    expect(context.requests[0]?.args.filter((arg) => !arg.startsWith("shell_environment"))).toEqual(
      expect.arrayContaining(["exec", "--json", "--sandbox", "workspace-write", "--model", "gpt-6.1-sol"]),
    );
    expect(context.requests[0]?.args.slice(-5)).toEqual(["-c", "x=1", "resume", "s-1", "-"]);
    expect(context.requests[0]?.keepStdinOpen).toBe(false);
  });

  it("without a sandbox only when that is configured", async () => {
    const { context } = await run([], { dangerouslyBypassApprovalsAndSandbox: true });
    expect(context.requests[0]?.args).toContain("--dangerously-bypass-approvals-and-sandbox");
    expect((await run([])).context.requests[0]?.args).not.toContain("--dangerously-bypass-approvals-and-sandbox");
  });

  it.each([
    "sandbox_mode=danger-full-access",
    "--config=approval_policy=never",
    "-csandbox_mode=x",
    "--sandbox",
    " approval_policy = never",
  ])("takes no %s among the further arguments", (arg) => {
    expect(codexLocalConfig.safeParse({ extraArgs: ["-c", arg] }).success).toBe(false);
  });
});
