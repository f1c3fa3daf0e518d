import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/hostile-streams.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import type { ExecutionContext } from "../local-adapter.ts";
import { claudeLocalConfig } from "./config.ts";
import { claudeLocalAdapter } from "./index.ts";
import { createClaudeParser } from "./parse.ts";

const skill = {
  key: "roofing",
  files: [
    { path: "SKILL.md", content: "Use slate." },
    { path: "more/a.md", content: "A" },
  ],
};
const run = async (
  stream: string[],
  config: Record<string, unknown> = {},
  differing: Partial<ExecutionContext> = {},
) => {
  const job = runJob({ type: "claude_local", config }, { skills: [skill] });
  const context = replay(job, [{ lines: stream }], differing);
  return { context, result: await claudeLocalAdapter.execute(context) };
};
const session = { id: "s-1", params: { cwd: "/home/ada/roof" } };

describe("a recorded run of Claude Code", () => {
  it("is understood whole: what it said, did, took and asked", async () => {
    const { context, result } = await run(readStream("claude-asks"));
    expect(result).toEqual({
      status: "succeeded",
      exitCode: 0,
      signal: null,
      timedOut: false,
      summary: "The roof is mended.",
      usage: { inputTokens: 1200, cachedInputTokens: 500, outputTokens: 40 },
      costUsd: expect.closeTo(0.00435, 6),
      provider: "anthropic",
      model: "claude-sonnet-4-5",
      sessionParams: { sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/), cwd: "/home/ada/roof" },
    });
    expect(context.asked).toMatchObject([
      {
        callId: "toolu_00010",
        tool: "Bash",
        summary: "echo slate > roof.txt",
        input: { command: "echo slate > roof.txt" },
      },
      { callId: "toolu_00020", tool: "Write", summary: "/home/ada/roof/b.txt" },
    ]);
    expect(context.said.filter((line) => line === null)).toHaveLength(1);
    expect(context.said).toContainEqual(expect.stringContaining('"behavior":"deny"'));
  });

  it("reads as a transcript, with times", () => {
    const { entries } = readTranscript("claude_local", readStream("claude-asks").join("\n"), true);
    expect(entries.map(({ kind, name, text, isError }) => [kind, name ?? text, isError])).toEqual([
      ["system", expect.stringContaining("with claude-sonnet-4-5"), false],
      ["thinking", "I should look.", false],
      ["assistant", "I start.", false],
      ["tool_call", "Bash", false],
      ["system", expect.stringContaining("May it use Bash?"), false],
      ["tool_result", expect.any(String), false],
      ["tool_call", "Write", false],
      ["system", expect.stringContaining("May it use Write?"), false],
      ["tool_result", "Not that.", true],
      ["assistant", "The roof is mended.", false],
      ["result", "The roof is mended.", false],
    ]);
    expect(entries[2]?.at).toMatch(/^2026-/);
    expect(entries[3]?.input).toBe('{"command":"echo slate > roof.txt","description":"Mend the roof"}');
  });

  it("fails by its limits", async () => {
    expect((await run(readStream("claude-limited"))).result).toMatchObject({
      status: "failed",
      errorCode: "rate_limited",
      errorFamily: "quota",
      error: "API Error: Request rejected (429) · Slow down",
      summary: null,
    });
    expect((await run(readStream("claude-max-turns"))).result).toMatchObject({
      status: "failed",
      errorCode: "max_turns",
      errorFamily: "permanent",
      sessionParams: { sessionId: expect.any(String) },
    });
  });

  it("comes back when the limit of the subscription says so", () => {
    const parser = createClaudeParser(() => new Date("2026-11-21T12:00:00Z"));
    parser.read('{"type":"rate_limit_event","rate_limit_info":{"status":"rejected","resetsAt":1795266000}}');
    parser.read(
      '{"type":"assistant","error":"rate_limit","message":{"content":[{"type":"text","text":"You\'ve hit your limit"}]}}',
    );
    parser.read('{"type":"result","subtype":"success","is_error":true,"result":"You\'ve hit your limit"}');
    expect(parser.output().error).toMatchObject({ family: "quota", retryAfterSec: 3600 });
  });

  it("is started afresh when its session is lost", async () => {
    const job = runJob({ type: "claude_local", config: {} });
    const recordings = [
      { lines: readStream("claude-unknown-session"), exitCode: 1 },
      { lines: readStream("claude-asks") },
    ];
    const context = replay(job, recordings, { session });
    expect(await claudeLocalAdapter.execute(context)).toMatchObject({ status: "succeeded" });
    expect(context.requests.map(({ args }) => args.includes("--resume"))).toEqual([true, false]);
  });

  it("adds up several results of one run, and takes an older one's total", () => {
    const parser = createClaudeParser();
    const since = { m: { inputTokens: 10, cacheReadInputTokens: 5, outputTokens: 2, costUSD: 0.5 } };
    const line = {
      type: "result",
      subtype: "success",
      is_error: false,
      total_cost_usd: 9,
      model_usage_since_last_result: since,
    };
    parser.read(JSON.stringify(line));
    parser.read(JSON.stringify(line));
    expect(parser.output()).toMatchObject({
      costUsd: 1,
      usage: { inputTokens: 20, cachedInputTokens: 10, outputTokens: 4 },
    });
    const older = createClaudeParser();
    older.read(
      '{"type":"result","subtype":"success","total_cost_usd":0.25,"usage":{"input_tokens":3,"output_tokens":1}}',
    );
    expect(older.output()).toMatchObject({ costUsd: 0.25, usage: { inputTokens: 3, outputTokens: 1 } });
  });
});

describe("how Claude Code is started", () => {
  it("asks the board, finds its skills outside the working folder, and reads its prompt as a message", async () => {
    const { context } = await run(
      [],
      { model: "opus", effort: "high", maxTurns: 9, extraArgs: ["--betas", "x"] },
      { session },
    );
    const [request] = context.requests;
    expect(request?.args).toEqual([
      "--add-dir",
      "/tmp/skills",
      "-p",
      "--output-format",
      "stream-json",
      "--verbose",
      "--disallowedTools",
      expect.stringContaining("AskUserQuestion"),
      "--input-format",
      "stream-json",
      "--permission-prompt-tool",
      "stdio",
      "--setting-sources",
      "user",
      "--model",
      "opus",
      "--effort",
      "high",
      "--max-turns",
      "9",
      "--resume",
      "s-1",
      "--betas",
      "x",
    ]);
    expect(JSON.parse(request?.stdin ?? "")).toMatchObject({ type: "user", message: { role: "user" } });
    expect(request?.keepStdinOpen).toBe(true);
    expect(request?.stdin).toContain("/tmp/skills/roofing/SKILL.md");
    expect(context.written).toEqual({});
  });

  it("lets the program find its skills and settings by itself where nobody is asked", async () => {
    const { context } = await run([], { toolApprovals: false });
    expect(context.requests[0]?.args.slice(0, 2)).toEqual(["--add-dir", "/tmp/run"]);
    expect(context.requests[0]?.args).not.toContain("--setting-sources");
    expect(context.written).toEqual({
      "/tmp/run/.claude/skills/roofing/SKILL.md": "Use slate.",
      "/tmp/run/.claude/skills/roofing/more/a.md": "A",
    });
  });

  it("gives the instructions as part of the system prompt", async () => {
    const config = { toolApprovals: false, instructionsFilePath: "AGENTS.md", promptTemplate: "Go." };
    const { context } = await run([], config, { readFile: async () => "Be brief." });
    expect(context.requests[0]?.args).toContain("--append-system-prompt-file");
    expect(context.written["/tmp/run/instructions.md"]).toBe("Be brief.");
    expect(context.requests[0]).toMatchObject({ stdin: "Go.", keepStdinOpen: false });
    expect(context.requests[0]?.args).not.toContain("--permission-prompt-tool");
  });

  it("skips permissions only when that is configured, and then asks nobody", async () => {
    const { context } = await run([], { dangerouslySkipPermissions: true });
    expect(context.requests[0]?.args).toContain("--dangerously-skip-permissions");
    expect(context.requests[0]?.args).not.toContain("--permission-prompt-tool");
    expect((await run([])).context.requests[0]?.args).not.toContain("--dangerously-skip-permissions");
  });

  it.each([["--dangerously-skip-permissions"], ["--permission-mode=bypassPermissions"], ["--settings"], ["--resume"]])(
    "takes no %s among the further arguments",
    (arg) => {
      expect(claudeLocalConfig.safeParse({ extraArgs: [arg] }).success).toBe(false);
    },
  );

  it("asks only for a denial of a call of Boardroom's own API, unless it stays in the background", async () => {
    const input = { command: "curl -s $PAPERCLIP_API_URL/api/agents/me" };
    const ask = (request_id: string, more: object) =>
      JSON.stringify({
        type: "control_request",
        request_id,
        request: { subtype: "can_use_tool", tool_name: "Bash", input: { ...input, ...more } },
      });
    const { context } = await run(
      [ask("r1", {}), ask("r2", { run_in_background: true })],
      {},
      { env: { PAPERCLIP_API_URL: "http://127.0.0.1:4100" } },
    );
    expect(context.asked.map(({ callId, unlessDenied }) => [callId, unlessDenied])).toEqual([
      ["r1", true],
      ["r2", undefined],
    ]);
    expect(context.said.map((line) => JSON.parse(line ?? "null")?.response.response.behavior)).toEqual([
      "allow",
      "deny",
    ]);
  });

  it("says no to whatever else it asks", async () => {
    const lines = [
      '{"type":"control_request","request_id":"r1","request":{"subtype":"hook_callback"}}',
      '{"type":"control_request","request":{"subtype":"can_use_tool"}}',
      '{"type":"control_request","request_id":"r2","request":{"subtype":"can_use_tool","input":[1]}}',
    ];
    const askTool = () => Promise.reject(new Error("offline"));
    const { context } = await run(lines, {}, { askTool });
    expect(context.said.map((line) => JSON.parse(line ?? "null")?.response)).toEqual([
      { subtype: "error", request_id: "r1", error: expect.any(String) },
      {
        subtype: "success",
        request_id: "r2",
        response: { behavior: "deny", message: expect.stringContaining("could not be asked") },
      },
    ]);
  });
});
