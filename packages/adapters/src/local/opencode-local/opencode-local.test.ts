import { describe, expect, it } from "vitest";
import { readStream } from "../../../test/read-stream.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { opencodeLocalAdapter } from "./index.ts";

const skills = [{ key: "roofing", files: [{ path: "SKILL.md", content: "Use slate." }] }];
const job = (config: Record<string, unknown> = {}) => runJob({ type: "opencode_local", config }, { skills });
const lines = readStream("opencode-tool");

describe("OpenCode, by a recorded stream", () => {
  it("says what came of a run", async () => {
    const context = replay(job({ model: "local/m1", agent: "build", variant: "high" }), [{ lines }]);
    expect(await opencodeLocalAdapter.execute(context)).toMatchObject({
      status: "succeeded",
      summary: "All done.",
      provider: "local",
      model: "m1",
      usage: { inputTokens: 1200, cachedInputTokens: 1000, outputTokens: 25 },
      costUsd: 0.004275,
      sessionParams: { sessionId: "ses_e01f00afeffe8oVcH0ayigLAya" },
    });
    expect(context.requests[0]?.args.join(" ")).toBe("run --format json --model local/m1 --agent build --variant high");
  });

  it("says why it failed", async () => {
    const context = replay(job(), [{ lines: readStream("opencode-error"), exitCode: 1 }]);
    expect(await opencodeLocalAdapter.execute(context)).toMatchObject({
      status: "failed",
      errorCode: "login_required",
      errorFamily: "config",
      error: "API key not valid. Please pass a valid API key. (HTTP 400)",
    });
  });

  it("isn't through while its last step calls a tool", async () => {
    const context = replay(job(), [{ lines: lines.slice(0, 4) }]);
    expect(await opencodeLocalAdapter.execute(context)).toMatchObject({ status: "failed", errorCode: "no_result" });
  });

  it.each([
    [{}, { external_directory: { "/tmp/skills/*": "allow" } }],
    [{ permission: "allow" }, "allow"],
    [{ permission: "deny" }, { "*": "deny", external_directory: { "/tmp/skills/*": "allow" } }],
    [
      { permission: { bash: "deny", external_directory: "deny" } },
      { bash: "deny", external_directory: { "*": "deny", "/tmp/skills/*": "allow" } },
    ],
  ])("may read its skills, and keeps the settings %j of the agent", async (given, permission) => {
    const env = { OPENCODE_CONFIG_CONTENT: JSON.stringify({ ...given, theme: "dark", skills: { paths: ["/own"] } }) };
    const context = replay(job(), [{ lines }], { env });
    await opencodeLocalAdapter.execute(context);
    expect(JSON.parse(context.requests[0]?.env?.OPENCODE_CONFIG_CONTENT ?? "")).toEqual({
      theme: "dark",
      skills: { paths: ["/own", "/tmp/skills"] },
      permission,
    });
  });

  it("is told as a transcript", () => {
    expect(readTranscript("opencode_local", lines.join("\n"), true).entries).toMatchObject([
      { kind: "assistant", text: "I look around.", at: "2026-11-21T12:23:45.586Z" },
      { kind: "tool_call", name: "bash", input: expect.stringContaining("echo hello") },
      { kind: "tool_result", text: "hello-from-tool\n", isError: false },
      { kind: "assistant", text: "All done." },
      { kind: "result", text: "Ended: stop" },
    ]);
  });
});
