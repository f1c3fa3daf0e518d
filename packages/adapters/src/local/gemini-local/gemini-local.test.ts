import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/read-stream.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { geminiLocalAdapter } from "./index.ts";

const job = (config: Record<string, unknown> = {}) => runJob({ type: "gemini_local", config });

describe("Gemini CLI, by a recorded stream", () => {
  it("says what came of a run", async () => {
    const context = replay(job(), [{ lines: readStream("gemini-tool") }]);
    expect(await geminiLocalAdapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: "All done.",
      provider: "google",
      model: "gemini-2.5-pro",
      usage: { inputTokens: 1200, cachedInputTokens: 1000, outputTokens: 25 },
      costUsd: null,
      sessionParams: { sessionId: "f881c47b-af9f-4be4-a7cb-907aa756bb2b" },
    });
    expect(context.requests[0]).toMatchObject({
      args: ["--output-format", "stream-json", "--approval-mode", "yolo", "-p", ""],
      env: { GEMINI_CLI_TRUST_WORKSPACE: "true" },
    });
  });

  it("says why it failed", async () => {
    const context = replay(job(), [{ lines: readStream("gemini-error"), exitCode: 144 }]);
    expect(await geminiLocalAdapter.execute(context)).toMatchObject({
      status: "failed",
      exitCode: 144,
      errorFamily: "config",
      errorCode: "login_required",
      error: expect.stringContaining("API key not valid"),
    });
  });

  it("takes the last words, not those before a tool call", async () => {
    const said = (content: string) => JSON.stringify({ type: "message", role: "assistant", content, delta: true });
    const lines = [
      said("One "),
      said("thing."),
      '{"type":"tool_use"}',
      said("An"),
      said("other."),
      '{"type":"result","status":"success"}',
    ];
    expect(await geminiLocalAdapter.execute(replay(job(), [{ lines }]))).toMatchObject({ summary: "Another." });
  });

  it("is told as a transcript", () => {
    expect(readTranscript("gemini_local", readStream("gemini-tool").join("\n"), true).entries).toMatchObject([
      { kind: "system", text: expect.stringContaining("gemini-2.5-pro"), at: "2026-11-21T12:25:04.179Z" },
      { kind: "system", text: "Say hello please" },
      { kind: "assistant", text: "I look around." },
      { kind: "tool_call", name: "run_shell_command" },
      { kind: "tool_result", text: "hello-from-tool", isError: false },
      { kind: "assistant", text: "All done." },
      { kind: "result", isError: false },
    ]);
    const failed = readTranscript("gemini_local", readStream("gemini-error").join("\n"), true).entries.at(-1);
    expect(failed).toMatchObject({ kind: "result", isError: true, text: expect.stringContaining("API key not valid") });
  });
});
