import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/read-stream.ts";
import { type Replayed, replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { hermesLocalAdapter } from "./index.ts";

const sessionId = "20261121_120000_ab12cd";
const job = (config: Record<string, unknown> = {}) => runJob({ type: "hermes_local", config });
const quiet: Replayed = {
  lines: ["The roof", '{"type":"result","text":"not an event"}', "is mended."],
  stderrTail: `\nsession_id: ${sessionId}\n`,
};

describe("Hermes Agent, by its documented output", () => {
  it("answers as plain text, and names its session on standard error", async () => {
    const context = replay(job({ provider: "nous", model: "hermes-4", profile: "ada" }), [quiet]);
    expect(await hermesLocalAdapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: 'The roof\n{"type":"result","text":"not an event"}\nis mended.',
      sessionParams: { sessionId, cwd: "/home/ada/roof" },
      usage: null,
    });
    expect(context.requests[0]?.args.join(" ")).toBe(
      "--profile ada chat --quiet --source tool --provider nous --model hermes-4 --query-file /tmp/run/prompt.md",
    );
    expect(context.written["/tmp/run/prompt.md"]).toContain("ACME-7");
  });

  it("tells steps and tokens where it has stream-json", async () => {
    const lines = readStream("hermes-tool");
    const context = replay(job({ outputFormat: "stream-json" }), [{ lines }]);
    expect(await hermesLocalAdapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: "The roof is mended.",
      model: "hermes-4",
      usage: { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 40 },
      sessionParams: { sessionId },
    });
    expect(readTranscript("hermes_local", lines.join("\n"), true).entries).toMatchObject([
      { kind: "system", text: `Session ${sessionId} with hermes-4` },
      { kind: "assistant", text: "I look " },
      { kind: "assistant", text: "around." },
      { kind: "tool_call", name: "terminal", input: '{"command":"ls"}' },
      { kind: "tool_result", name: "terminal", text: "roof.txt" },
      { kind: "assistant", text: "The roof is mended." },
      { kind: "result", text: "The roof is mended.", isError: false },
    ]);
  });

  it("says by Hermes' own reason what helps", async () => {
    const context = replay(job({ outputFormat: "stream-json" }), [{ lines: readStream("hermes-error"), exitCode: 1 }]);
    expect(await hermesLocalAdapter.execute(context)).toMatchObject({
      status: "failed",
      error: "The provider is busy",
      errorCode: "rate_limited",
      errorFamily: "quota",
    });
  });

  it("fails with what it said on standard error", async () => {
    const failed = { exitCode: 1, stderrTail: `Error: HTTP 401 Unauthorized\n\nsession_id: ${sessionId}\n` };
    expect(await hermesLocalAdapter.execute(replay(job(), [failed]))).toMatchObject({
      status: "failed",
      errorCode: "login_required",
      errorFamily: "config",
    });
  });

  it("isn't believed without a session", async () => {
    const context = replay(job(), [{ lines: ["Usage: hermes"] }]);
    expect(await hermesLocalAdapter.execute(context)).toMatchObject({ status: "failed", errorCode: "no_result" });
  });

  it("goes on with the task's session, and afresh once when that is lost", async () => {
    const session = { id: sessionId, params: { cwd: "/home/ada/roof" } };
    const lost: Replayed = { exitCode: 1, lines: [`Session not found: ${sessionId}`] };
    const context = replay(job(), [lost, quiet], { session });
    expect(await hermesLocalAdapter.execute(context)).toMatchObject({ status: "succeeded" });
    expect(context.requests.map(({ args }) => args.includes("--resume"))).toEqual([true, false]);
  });
});
