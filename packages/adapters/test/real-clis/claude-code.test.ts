import { access, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findCli, whySkipped } from "@boardroom/testing/clis";
import { describe, expect, it } from "vitest";
import { claudeLocalAdapter } from "../../src/local/claude-local/index.ts";
import type { ToolCall } from "../../src/local/local-adapter.ts";
import { readTranscript } from "../../src/read-transcript.ts";
import { openContext, type TestContext } from "../execution-context.ts";
import { runJob } from "../run-job.ts";
import { skills, useScriptedModel } from "./scripted-model.ts";

const model = useScriptedModel();
const usage = { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 20 };
const transcriptOf = ({ lines }: TestContext) => readTranscript("claude_local", lines.join("\n"), true).entries;

const claude = findCli("claude");
describe.skipIf(claude === null)(`Claude Code${claude ? "" : ` (${whySkipped("claude")})`}`, () => {
  const open = (config: Record<string, unknown> = {}, options: Parameters<typeof openContext>[1] = {}) => {
    const job = runJob(
      { type: "claude_local", config: { command: claude ?? "", model: "claude-sonnet-4-5", ...config } },
      { skills },
    );
    const env = {
      HOME: model.home,
      IS_SANDBOX: "1",
      ANTHROPIC_BASE_URL: model.url,
      PAPERCLIP_API_URL: model.url,
      PAPERCLIP_API_KEY: "brl_none",
      ANTHROPIC_API_KEY: "sk-none",
      CLAUDE_CODE_MAX_RETRIES: "0",
    };
    return openContext(job, { ...options, env });
  };

  it("works on a task with allowed and denied tool calls, and says what it took", async () => {
    const decide = ({ tool }: ToolCall) =>
      tool === "Bash"
        ? { decision: "allow" as const, note: null }
        : { decision: "deny" as const, note: "Not that file." };
    const context = await open({ instructionsFilePath: "AGENTS.md" }, { decide });
    await writeFile(join(context.cwd, "AGENTS.md"), "Always be brief.");
    model.say(
      {
        thinking: "I should look.",
        text: "I start.",
        toolCalls: [{ name: "Bash", input: { command: "echo slate > roof.txt", description: "mend" } }],
        usage,
      },
      { toolCalls: [{ name: "Write", input: { file_path: join(context.cwd, "b.txt"), content: "b" } }] },
      { text: "The roof is mended." },
    );
    const result = await claudeLocalAdapter.execute(context);
    expect(result).toMatchObject({
      status: "succeeded",
      exitCode: 0,
      summary: "The roof is mended.",
      provider: "anthropic",
      model: "claude-sonnet-4-5",
      usage: { inputTokens: 1200, cachedInputTokens: 500, outputTokens: 40 },
      sessionParams: { sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/), cwd: context.cwd },
    });
    expect(result.costUsd).toBeGreaterThan(0);
    expect(await readFile(join(context.cwd, "roof.txt"), "utf8")).toBe("slate\n");
    expect(context.asked).toMatchObject([
      { callId: expect.stringContaining("toolu_"), tool: "Bash", summary: "echo slate > roof.txt" },
      { tool: "Write", summary: join(context.cwd, "b.txt") },
    ]);
    expect(model.heard()).toContain("Not that file.");
    expect(model.heard()).toContain("ACME-7");
    expect(model.heard()).toContain("Always be brief.");
    expect(model.heard()).toContain("Mends roofs of slate");
    expect(context.usages.length).toBeGreaterThan(1);
    expect(transcriptOf(context)).toMatchObject([
      { kind: "system", text: expect.stringContaining("claude-sonnet-4-5") },
      { kind: "thinking", text: "I should look." },
      { kind: "assistant", text: "I start." },
      { kind: "tool_call", name: "Bash", input: expect.stringContaining("roof.txt") },
      { kind: "system", text: expect.stringContaining("May it use Bash?") },
      { kind: "tool_result", isError: false },
      { kind: "tool_call", name: "Write" },
      { kind: "system" },
      { kind: "tool_result", text: "Not that file.", isError: true },
      { kind: "assistant", text: "The roof is mended." },
      { kind: "result", text: "The roof is mended.", isError: false },
    ]);
  });

  it("calls Boardroom's own API unless a rule denies it", async () => {
    const context = await open({}, {});
    const command = 'curl -s -m 5 "$PAPERCLIP_API_URL/api/agents/me" -H "Authorization: Bearer $PAPERCLIP_API_KEY"';
    model.say({ toolCalls: [{ name: "Bash", input: { command, description: "Who am I" } }] }, { text: "Ada." });
    expect(await claudeLocalAdapter.execute(context)).toMatchObject({ status: "succeeded", summary: "Ada." });
    expect(context.asked).toEqual([expect.objectContaining({ tool: "Bash", unlessDenied: true })]);
    expect(transcriptOf(context)).toContainEqual(
      expect.objectContaining({ kind: "tool_result", text: expect.stringContaining("There is no /api/agents/me") }),
    );
  });

  it("asks whatever the folder's own settings allow, and starts nothing that they name", async () => {
    const context = await open();
    await mkdir(join(context.cwd, ".claude"));
    const permissions = { allow: ["Bash", "Bash(*)", "Write"], defaultMode: "bypassPermissions" };
    const hook = [{ matcher: "*", hooks: [{ type: "command", command: `touch ${join(context.cwd, "hooked")}` }] }];
    const settings = JSON.stringify({ permissions, hooks: { PreToolUse: hook, SessionStart: hook } });
    await writeFile(join(context.cwd, ".claude/settings.json"), settings);
    await writeFile(join(context.cwd, ".claude/settings.local.json"), settings);
    await writeFile(join(context.cwd, "CLAUDE.md"), "Mind the gutter.");
    const command = "echo slate > roof.txt";
    model.say({ toolCalls: [{ name: "Bash", input: { command, description: "mend" } }] }, { text: "Done." });
    await claudeLocalAdapter.execute(context);
    expect(model.heard()).toContain("Mind the gutter.");
    expect(model.heard()).toContain("Mends roofs of slate");
    expect(context.asked).toMatchObject([{ tool: "Bash", summary: command }]);
    await expect(access(join(context.cwd, "hooked"))).rejects.toThrow();
  }, 60_000);

  it("goes on with its session, counting only what the new run took", async () => {
    const first = await open({ toolApprovals: false });
    model.say({ text: "One.", usage });
    const one = await claudeLocalAdapter.execute(first);
    expect(one).toMatchObject({ status: "succeeded", summary: "One." });
    const session = { id: String(one.sessionParams?.sessionId), params: { ...one.sessionParams } };
    const second = await open({ toolApprovals: false }, { session, cwd: first.cwd });
    model.say({ text: "Two.", usage });
    const two = await claudeLocalAdapter.execute(second);
    expect(two).toMatchObject({ status: "succeeded", summary: "Two.", usage: one.usage, costUsd: one.costUsd });
    expect(two.sessionParams?.sessionId).toBe(session.id);
    expect(second.metas).toMatchObject([{ resumedSession: session.id, model: "claude-sonnet-4-5" }]);
    expect(model.heard()).toContain("One.");
  });

  it("starts afresh when the session is lost, once", async () => {
    const session = { id: "11111111-2222-4333-8444-555555555555", params: {} };
    const context = await open({});
    model.say({ text: "Afresh." });
    const result = await claudeLocalAdapter.execute({
      ...context,
      session: { ...session, params: { cwd: context.cwd } },
    });
    expect(result).toMatchObject({ status: "succeeded", summary: "Afresh." });
    expect(result.sessionParams?.sessionId).not.toBe(session.id);
    expect(context.metas.map(({ resumedSession }) => resumedSession)).toEqual([session.id, null]);
  });

  it.each([
    [429, "rate_limit_error", "quota", "rate_limited"],
    [529, "overloaded_error", "transient", "provider_unavailable"],
    [404, "not_found_error", "config", "unknown_model"],
  ])("tells what a %i of the model means", async (status, type, errorFamily, errorCode) => {
    const context = await open({ toolApprovals: false });
    model.refuse({ status, type, message: type === "not_found_error" ? "model: nope" : "No" });
    expect(await claudeLocalAdapter.execute(context)).toMatchObject({ status: "failed", errorFamily, errorCode });
  });

  it("is not there under another name", async () => {
    const context = await open({ command: "claude-of-nobody" });
    expect(await claudeLocalAdapter.execute(context)).toMatchObject({
      status: "failed",
      errorCode: "command_not_found",
      errorFamily: "config",
    });
  });
});
