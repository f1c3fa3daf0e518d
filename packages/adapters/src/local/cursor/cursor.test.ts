import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/read-stream.ts";
import { type Replayed, replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { cursorAdapter } from "./index.ts";

const sessionId = "c6b62c6f-7ead-4fd6-9922-e952131177ff";
const job = (config: Record<string, unknown> = {}) => runJob({ type: "cursor", config });
const lines = readStream("cursor-tool");

describe("Cursor, by its documented stream", () => {
  it("says what came of a run", async () => {
    const context = replay(job({ model: "sonnet-4.5" }), [{ lines }]);
    expect(await cursorAdapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: "The roof is mended.",
      provider: "cursor",
      model: "Claude 4.5 Sonnet",
      usage: { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 40 },
      sessionParams: { sessionId, cwd: "/home/ada/roof" },
    });
    const [command] = context.requests;
    expect(command?.args.join(" ")).toBe(
      "-p --output-format stream-json --trust --workspace /home/ada/roof --force --model sonnet-4.5",
    );
    expect(command?.stdin).toContain("ACME-7");
  });

  it("only reads in plan mode, and goes on with the task's session", async () => {
    const session = { id: sessionId, params: { cwd: "/home/ada/roof" } };
    const context = replay(job({ mode: "plan", force: false, sandbox: "enabled" }), [{ lines }], { session });
    await cursorAdapter.execute(context);
    expect(context.requests[0]?.args.join(" ")).toMatch(/--mode plan --sandbox enabled --resume c6b62c6f/);
    expect(context.requests[0]?.args).not.toContain("--force");
  });

  it("doesn't go on with a session of another folder", async () => {
    const session = { id: sessionId, params: { cwd: "/home/ada/cellar" } };
    const context = replay(job(), [{ lines }], { session });
    await cursorAdapter.execute(context);
    expect(context.requests[0]?.args).not.toContain("--resume");
  });

  it("starts afresh when the conversation is lost, once", async () => {
    const lost: Replayed = { exitCode: 1, stderrTail: `Chat ${sessionId} not found\n` };
    const session = { id: sessionId, params: { cwd: "/home/ada/roof" } };
    const context = replay(job(), [lost, { lines }], { session });
    expect(await cursorAdapter.execute(context)).toMatchObject({ status: "succeeded" });
    expect(context.metas.map(({ resumedSession }) => resumedSession)).toEqual([sessionId, null]);
  });

  it("fails with its reason when it is not logged in", async () => {
    const away = { exitCode: 1, stderrTail: "Error: Authentication required. Please run 'cursor-agent login' first." };
    expect(await cursorAdapter.execute(replay(job(), [away]))).toMatchObject({
      status: "failed",
      errorCode: "login_required",
      errorFamily: "config",
    });
  });

  it("isn't believed without its last event", async () => {
    const context = replay(job(), [{ lines: lines.slice(0, -1) }]);
    expect(await cursorAdapter.execute(context)).toMatchObject({ status: "failed", errorCode: "no_result" });
  });

  it("is told as a transcript", () => {
    const { entries } = readTranscript("cursor", lines.join("\n"), true);
    expect(entries).toMatchObject([
      { kind: "system", text: expect.stringContaining("Claude 4.5 Sonnet") },
      { kind: "system", text: "Mend the roof" },
      { kind: "assistant", text: "I read the plan.", at: "2026-11-21T12:23:38.200Z" },
      { kind: "tool_call", name: "read", input: '{"path":"plan.md"}' },
      { kind: "tool_result", name: "read", text: "Use slate.", isError: false },
      { kind: "tool_call", name: "shell", input: '{"command":"make roof"}' },
      { kind: "tool_result", name: "shell", text: expect.stringContaining("no rule"), isError: true },
      { kind: "tool_call", name: "todo", input: '{"items":["roof"]}' },
      { kind: "assistant", text: "The roof is mended." },
      { kind: "result", isError: false },
    ]);
  });

  it("is shown in a terminal by its own words", () => {
    const shown = lines.map((line) => cursorAdapter.formatEvent(line, { debug: false, color: false }));
    expect(shown).toContain("The roof is mended.");
    expect(shown).toContain('→ shell {"command":"make roof"}');
  });
});
