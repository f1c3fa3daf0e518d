import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/read-stream.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { piLocalAdapter } from "./index.ts";
import { logPiLine } from "./log-line.ts";

const skills = [{ key: "roofing", files: [{ path: "SKILL.md", content: "Use slate." }] }];
const job = (config: Record<string, unknown> = {}) => runJob({ type: "pi_local", config }, { skills });
const lines = readStream("pi-tool");

describe("pi, by a recorded stream", () => {
  it("says what came of a run", async () => {
    const config = { provider: "local", model: "m1", thinking: "high", tools: ["read", "bash"] };
    const context = replay(job(config), [{ lines }], { readFile: async () => "Always be brief." });
    const withFile = { ...context, job: job({ ...config, instructionsFilePath: "RULES.md" }) };
    const result = await piLocalAdapter.execute(withFile);
    expect(result).toMatchObject({
      status: "succeeded",
      summary: "All done.",
      provider: "local",
      model: "m1",
      usage: { inputTokens: 1200, cachedInputTokens: 1000, outputTokens: 25 },
      sessionParams: { sessionId: "01a1fe0f-eb43-7357-abc8-455ec35d09cd" },
    });
    expect(result.costUsd).toBeCloseTo(0.004275, 9);
    expect(context.requests[0]?.args.join(" ")).toBe(
      "--mode json -p --provider local --model m1 --thinking high --tools read,bash --skill /tmp/skills --append-system-prompt /tmp/run/instructions.md",
    );
    expect(context.written["/tmp/run/instructions.md"]).toBe("Always be brief.");
  });

  it("keeps its repetitions out of the log, and nothing else", () => {
    const log = lines.map(logPiLine).filter((line) => line !== null);
    const told = (text: string[]) =>
      readTranscript("pi_local", text.join("\n"), true).entries.map((entry) => ({ ...entry, offset: 0 }));
    expect(told(log)).toEqual(told(lines));
    expect(log.join("\n")).not.toContain("message_update");
    expect(log.join("\n").length).toBeLessThan(lines.join("\n").length / 2);
  });

  it("says why it failed, although it ends with exit code 0", async () => {
    const context = replay(job(), [{ lines: readStream("pi-error") }]);
    expect(await piLocalAdapter.execute(context)).toMatchObject({
      status: "failed",
      errorCode: "login_required",
      error: "400 API key not valid. Please pass a valid API key.",
    });
  });

  it("forgets an error that it got over by itself", async () => {
    const [failed] = readStream("pi-error").filter(
      (line) => line.startsWith('{"type":"message_end"') && line.includes('"error"'),
    );
    const context = replay(job(), [{ lines: [failed ?? "", ...lines] }]);
    expect(await piLocalAdapter.execute(context)).toMatchObject({ status: "succeeded" });
  });

  it("is told as a transcript", () => {
    expect(readTranscript("pi_local", lines.join("\n"), true).entries).toMatchObject([
      { kind: "system", text: expect.stringContaining("Session 01a1fe0f") },
      { kind: "system", text: expect.stringContaining("Say hello") },
      { kind: "assistant", text: "I look around." },
      { kind: "thinking", text: "I should look." },
      { kind: "tool_call", name: "bash" },
      { kind: "tool_result", name: "bash", text: "hello-from-tool\n", isError: false },
      { kind: "assistant", text: "All done." },
    ]);
  });
});
