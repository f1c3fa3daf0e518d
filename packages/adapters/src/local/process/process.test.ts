import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openContext } from "../../../test/execution-context.ts";
import { replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import { readTranscript } from "../../read-transcript.ts";
import { processAdapter } from "./index.ts";

const node = process.execPath;
const runScript = async (script: string, config: Record<string, unknown> = {}, job = {}) => {
  const context = await openContext(
    runJob({ type: "process", config: { command: node, args: ["work.mjs"], ...config } }, job),
  );
  await writeFile(join(context.cwd, "work.mjs"), script);
  return { context, result: await processAdapter.execute(context) };
};

describe("a program as an agent", () => {
  it("succeeds by its exit code, and its last line is what it did", async () => {
    const { result } = await runScript("console.log('Looking'); console.log('Mended the roof')");
    expect(result).toMatchObject({ status: "succeeded", exitCode: 0, summary: "Mended the roof", sessionParams: null });
  });

  it("fails by its exit code, and says what it last complained of", async () => {
    const { result } = await runScript("console.error('No slate left'); process.exitCode = 4");
    expect(result).toMatchObject({ status: "failed", exitCode: 4, errorCode: "exit_code" });
    expect(result.error).toContain("No slate left");
  });

  it("may say more in its last line", async () => {
    const stated = {
      summary: "Mended",
      usage: { inputTokens: 5, outputTokens: 2 },
      costUsd: 0.25,
      model: "m",
      provider: "p",
    };
    const { result } = await runScript(`console.log('x'); console.log('${JSON.stringify({ boardroom: stated })}')`);
    expect(result).toMatchObject({ status: "succeeded", ...stated });
  });

  it("may say that it failed, and when to come back", async () => {
    const stated = { status: "failed", error: "No slate", errorFamily: "transient", retryAfterSec: 60 };
    const { result } = await runScript(`console.log('${JSON.stringify({ boardroom: stated })}')`);
    expect(result).toMatchObject({ ...stated, exitCode: 0, errorCode: "program_failed" });
  });

  it("fails when what it says of itself can't be read, or its exit code says otherwise", async () => {
    const unreadable = await runScript(`console.log('{"boardroom":{"costUsd":-1}}')`);
    expect(unreadable.result).toMatchObject({ status: "failed", errorCode: "result_invalid" });
    const contradicted = await runScript(`console.log('{"boardroom":{"status":"succeeded"}}'); process.exitCode = 1`);
    expect(contradicted.result).toMatchObject({ status: "failed", errorCode: "exit_code" });
  });

  it("reads its filled standard input, and works in its folder with the run's variables", async () => {
    const script = `
      let text = ""; for await (const part of process.stdin) text += part;
      console.log(JSON.stringify([text, process.cwd(), process.env.PAPERCLIP_API_KEY, process.argv.slice(2)]));`;
    const config = { stdin: "{{task.identifier}} for {{agent.name}}", args: ["work.mjs", "$(whoami); *"] };
    const { context, result } = await runScript(script, config);
    const [text, cwd, key, args] = JSON.parse(context.lines[0] ?? "");
    expect([text, cwd, key, args]).toEqual(["ACME-7 for Ada", context.cwd, "local-key-of-run", ["$(whoami); *"]]);
    expect(result.summary).not.toContain("local-key-of-run");
  });

  it("is ended at its time limit", async () => {
    const { result } = await runScript("setInterval(() => {}, 1000)", { timeoutSec: 1 });
    expect(result).toMatchObject({ status: "failed", timedOut: true, errorCode: "timed_out", errorFamily: null });
  });

  it("is named when it isn't there", async () => {
    const { result } = await runScript("", { command: "mend-roof-of-nobody" });
    expect(result).toMatchObject({ status: "failed", errorCode: "command_not_found", errorFamily: "config" });
    expect(result.error).toContain("mend-roof-of-nobody");
  });

  it("goes on with no session, whatever it is given", async () => {
    const session = { id: "s-1", params: { cwd: "/home/ada/roof" } };
    const context = replay(runJob({ type: "process", config: { command: "work" } }), [{ lines: ["Done"] }], {
      session,
    });
    expect(await processAdapter.execute(context)).toMatchObject({ status: "succeeded" });
    expect(context.requests[0]?.args).toEqual([]);
    expect(context.metas[0]?.resumedSession).toBeNull();
  });

  it("may write a transcript", () => {
    const lines = [
      '{"type":"assistant","text":"Hello"}',
      '{"type":"tool_call","name":"saw","input":{"wood":"oak"}}',
      '{"type":"tool_result","name":"saw","text":"Broken","isError":true}',
      "plain words",
      '{"measured":5}',
      '{"boardroom":{"summary":"Mended"}}',
    ];
    expect(readTranscript("process", lines.join("\n"), true).entries).toMatchObject([
      { kind: "assistant", text: "Hello" },
      { kind: "tool_call", name: "saw", input: '{"wood":"oak"}' },
      { kind: "tool_result", name: "saw", text: "Broken", isError: true },
      { kind: "system", text: "plain words" },
      { kind: "system", text: '{"measured":5}' },
      { kind: "result", text: "Mended", isError: false },
    ]);
  });
});
