import { describe, expect, it } from "vitest";
import { type Replayed, replay } from "../../../test/replay-context.ts";
import { runJob } from "../../../test/run-job.ts";
import type { ExecutionContext } from "../local-adapter.ts";
import { type CliOutput, emptyOutput } from "./cli-output.ts";
import { parseObject } from "./json.ts";
import { type CliSpec, runCli } from "./run-cli.ts";

const job = runJob({ type: "process", config: {} }, { secrets: { DEPLOY_KEY: "s3cret-deploy" } });
const session = { id: "s-1", params: { cwd: "/home/ada/roof", sessionId: "s-1", totals: 7 } };

/** A program whose every line is what it told so far. */
const spec: CliSpec = {
  command: "cli",
  args: (resumed) => (resumed ? ["--resume", resumed] : ["--fresh"]),
  stdin: "Go.",
  env: { EXTRA: "1" },
  model: "m-1",
  createParser: (resumed) => {
    let output: CliOutput = { ...emptyOutput, ...(resumed ? { sessionState: { before: resumed.totals } } : {}) };
    return {
      read(line) {
        output = { ...output, ...parseObject(line) };
      },
      output: () => output,
    };
  },
  isUnknownSession: (_, { stderrTail }) => stderrTail.includes("unknown session"),
};
const told = (output: Partial<CliOutput>) => JSON.stringify({ isComplete: true, ...output });
const run = async (recordings: Replayed[], differing: Partial<ExecutionContext> = {}) => {
  const context = replay(job, recordings, differing);
  return { context, result: await runCli(context, spec) };
};

describe("running a CLI", () => {
  it("says how it starts it before it does, with names of variables and no values", async () => {
    const { context, result } = await run([{ lines: [told({ sessionId: "s-2", summary: "Done." })] }]);
    expect(context.metas).toEqual([
      {
        command: "cli",
        args: ["--fresh"],
        envNames: ["EXTRA", "PAPERCLIP_API_KEY"],
        model: "m-1",
        resumedSession: null,
      },
    ]);
    expect(context.requests).toMatchObject([{ command: "cli", stdin: "Go.", keepStdinOpen: false }]);
    expect(result).toMatchObject({
      status: "succeeded",
      summary: "Done.",
      sessionParams: { sessionId: "s-2", cwd: "/home/ada/roof" },
    });
  });

  it("goes on with a session of this folder only", async () => {
    const { context, result } = await run([{ lines: [told({})] }], { session });
    expect(context.requests[0]?.args).toEqual(["--resume", "s-1"]);
    expect(result.sessionParams).toEqual({ sessionId: "s-1", cwd: "/home/ada/roof", before: 7 });
    for (const params of [{ cwd: "/home/ada/other" }, {}]) {
      const elsewhere = await run([{ lines: [told({})] }], { session: { id: "s-1", params } });
      expect(elsewhere.context.requests[0]?.args).toEqual(["--fresh"]);
    }
  });

  it("starts once more without a session that the program doesn't know", async () => {
    const lost = { exitCode: 1, stderrTail: "unknown session s-1" };
    const { context, result } = await run([lost, { lines: [told({ sessionId: "s-9" })] }], { session });
    expect(context.requests.map(({ args }) => args)).toEqual([["--resume", "s-1"], ["--fresh"]]);
    expect(result).toMatchObject({ status: "succeeded", sessionParams: { sessionId: "s-9" } });
    expect(result.clearSession).toBeUndefined();

    const twice = await run([lost, lost, lost], { session });
    expect(twice.context.requests).toHaveLength(2);
    expect(twice.result).toMatchObject({ status: "failed", clearSession: true, sessionParams: null });
  });

  it("keeps the session when it fails for another reason, or was cancelled", async () => {
    const failed = await run([{ exitCode: 1, stderrTail: "API Error: 529 Overloaded" }], { session });
    expect(failed.context.requests).toHaveLength(1);
    expect(failed.result).toMatchObject({
      status: "failed",
      errorFamily: "transient",
      sessionParams: { sessionId: "s-1" },
    });
    const cancelled = await run([{ cancelled: true, exitCode: null, stderrTail: "unknown session" }], { session });
    expect(cancelled.context.requests).toHaveLength(1);
    expect(cancelled.result).toMatchObject({ status: "cancelled", sessionParams: { sessionId: "s-1" } });
  });

  it("tells of usage when it changes, while the program runs", async () => {
    const usage = (outputTokens: number) => told({ usage: { inputTokens: 1, outputTokens } });
    const { context } = await run([{ lines: [usage(1), usage(1), usage(2)] }]);
    expect(context.usages).toEqual([
      { inputTokens: 1, outputTokens: 1 },
      { inputTokens: 1, outputTokens: 2 },
    ]);
  });
});

describe("how a run ended", () => {
  it.each<[string, Replayed, object]>([
    ["timed out", { timedOut: true, exitCode: null, signal: "SIGTERM" }, { errorCode: "timed_out", errorFamily: null }],
    ["killed", { exitCode: null, signal: "SIGKILL" }, { errorCode: "process_signal", errorFamily: "transient" }],
    ["said nothing", { lines: ["{}"] }, { errorCode: "no_result", errorFamily: "permanent" }],
    [
      "exited",
      { exitCode: 3, stderrTail: "\u001b[31mBroken\u001b[0m" },
      { errorCode: "exit_code", error: "The program ended with exit code 3.\nBroken" },
    ],
    ["exit code against its word", { exitCode: 1, lines: [told({})] }, { errorCode: "exit_code" }],
    [
      "not found",
      { startError: { code: "command_not_found", message: "No cli" } },
      { errorCode: "command_not_found", errorFamily: "config" },
    ],
    [
      "not allowed",
      { startError: { code: "policy_denied", message: "No" } },
      { errorCode: "policy_denied", errorFamily: "config" },
    ],
    [
      "no more processes",
      { startError: { code: "spawn_failed", message: "spawn EAGAIN" } },
      { errorFamily: "transient" },
    ],
    [
      "its own error",
      { lines: [told({ error: { message: "429, retry-after: 9" } })] },
      { errorFamily: "quota", retryAfterSec: 9 },
    ],
    [
      "its own family",
      { lines: [told({ error: { message: "x", code: "c", family: "config" } })] },
      { errorCode: "c", errorFamily: "config" },
    ],
  ])("%s", async (_, recording, expected) => {
    const { result } = await run([recording]);
    expect(result).toMatchObject({ status: "failed", ...expected });
    expect(result.error).toBeTruthy();
  });

  it("is told without the run's secrets", async () => {
    const said = "local-key-of-run run-token-of-ada s3cret-deploy end";
    const { result } = await run([{ lines: [told({ summary: said, error: { message: said } })] }]);
    expect(result.summary).toBe("*** *** *** end");
    expect(result.error).toBe("*** *** *** end");
  });
});
