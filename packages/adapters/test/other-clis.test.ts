import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunJob } from "@boardroom/contract";
import { type ModelServer, type ModelTurn, startModelServer } from "@boardroom/testing/model-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { geminiLocalAdapter } from "../src/local/gemini-local/index.ts";
import type { LocalAdapter } from "../src/local/local-adapter.ts";
import { opencodeLocalAdapter } from "../src/local/opencode-local/index.ts";
import { piLocalAdapter } from "../src/local/pi-local/index.ts";
import { readTranscript } from "../src/read-transcript.ts";
import { type ContextOptions, openContext } from "./execution-context.ts";
import { findCli, whySkipped } from "./find-clis.ts";
import { runJob } from "./run-job.ts";

let model: ModelServer;
let home: string;
beforeAll(async () => {
  model = await startModelServer(() => ({ text: "Nothing to say." }));
  home = await realpath(await mkdtemp(join(tmpdir(), "boardroom-home-")));
  await logIn();
});
afterAll(async () => {
  await model.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

const price = { input: 3, output: 15 };

/** What a person would have set up on the machine: where the model is, and a key for it. */
async function logIn(): Promise<void> {
  const write = async (path: string, content: unknown) => {
    await mkdir(join(home, path, ".."), { recursive: true });
    await writeFile(join(home, path), JSON.stringify(content));
  };
  await write(".gemini/settings.json", {
    security: { auth: { selectedType: "gemini-api-key" } },
    general: { disableAutoUpdate: true, maxAttempts: 1 },
  });
  const own = { id: "m1", name: "m1", reasoning: false, input: ["text"], contextWindow: 128_000, maxTokens: 8000 };
  await write(".pi/agent/models.json", {
    providers: {
      scripted: {
        baseUrl: `${model.url}/v1`,
        api: "openai-completions",
        apiKey: "none",
        models: [{ ...own, cost: { ...price, cacheRead: 0.3, cacheWrite: 0 } }],
      },
    },
  });
  await write(".config/opencode/opencode.json", {
    provider: {
      scripted: {
        npm: "@ai-sdk/openai-compatible",
        name: "Scripted",
        options: { baseURL: `${model.url}/v1`, apiKey: "none" },
        models: { m1: { name: "m1", cost: { ...price, cache_read: 0.3 } } },
      },
    },
  });
  await write(".pi/agent/settings.json", { retry: { enabled: false } });
}

const skills: RunJob["skills"] = [
  {
    key: "roofing",
    files: [{ path: "SKILL.md", content: "---\nname: roofing\ndescription: Mends roofs of slate\n---\nUse slate." }],
  },
];

interface Cli {
  program: string;
  adapter: LocalAdapter;
  config: Record<string, unknown>;
  env: Record<string, string>;
  shell: string;
  provider: string;
  model: string;
  costUsd: number | null;
}

const clis: Cli[] = [
  {
    program: "gemini",
    adapter: geminiLocalAdapter,
    config: { model: "gemini-2.5-pro" },
    env: { GEMINI_API_KEY: "none", GEMINI_CLI_NO_RELAUNCH: "true" },
    shell: "run_shell_command",
    provider: "google",
    model: "gemini-2.5-pro",
    costUsd: null,
  },
  {
    program: "opencode",
    adapter: opencodeLocalAdapter,
    config: { model: "scripted/m1" },
    env: { OPENCODE_DISABLE_MODELS_FETCH: "1" },
    shell: "bash",
    provider: "scripted",
    model: "m1",
    // 1000 tokens at 3, 1000 cached ones at 0.3, 40 written ones at 15 dollars per million.
    costUsd: 0.0039,
  },
  {
    program: "pi",
    adapter: piLocalAdapter,
    config: { model: "scripted/m1" },
    env: { PI_OFFLINE: "1" },
    shell: "bash",
    provider: "scripted",
    model: "m1",
    costUsd: 0.0039,
  },
];

/** The model answers with these, one after the other; side questions have no tools. */
function say(...turns: ModelTurn[]): void {
  let next = 0;
  model.conversations.length = 0;
  model.play(({ tools }) => {
    if (tools.length === 0) return { text: "ok" };
    next += 1;
    return turns[next - 1] ?? { text: "There is no more." };
  });
}

const heard = () => model.conversations.map(({ text }) => text).join("\n");
const twoUsages = { inputTokens: 1000, cachedInputTokens: 500, outputTokens: 20 };

for (const cli of clis) {
  const path = findCli(cli.program);
  describe.skipIf(path === null)(`${cli.program}${path ? "" : ` (${whySkipped(cli.program)})`}`, () => {
    const { adapter } = cli;
    const open = (config: Record<string, unknown> = {}, options: ContextOptions = {}) => {
      const job = runJob(
        { type: adapter.definition.type, config: { command: path ?? "", ...cli.config, ...config } },
        { skills },
      );
      const env = { HOME: home, GOOGLE_GEMINI_BASE_URL: model.url, ...cli.env };
      return openContext(job, { ...options, env: { ...env, ...options.env } });
    };

    it("works on a task by its tools, and says what it took", async () => {
      const context = await open({ instructionsFilePath: "RULES.md" });
      await writeFile(join(context.cwd, "RULES.md"), "Always be brief.");
      const command = "echo slate > roof.txt; echo $PAPERCLIP_API_KEY | wc -c";
      say(
        {
          text: "I start.",
          toolCalls: [{ name: cli.shell, input: { command, description: "mend" } }],
          usage: twoUsages,
        },
        { text: "The roof is mended.", usage: twoUsages },
      );
      const result = await adapter.execute(context);
      expect(result).toMatchObject({
        status: "succeeded",
        exitCode: 0,
        summary: "The roof is mended.",
        provider: cli.provider,
        model: cli.model,
        usage: { inputTokens: 1000, cachedInputTokens: 1000, outputTokens: 40 },
        sessionParams: { sessionId: expect.stringMatching(/^[\w-]{20,}$/), cwd: context.cwd },
      });
      if (cli.costUsd === null) expect(result.costUsd).toBeNull();
      else expect(result.costUsd).toBeCloseTo(cli.costUsd, 6);
      expect(await readFile(join(context.cwd, "roof.txt"), "utf8")).toBe("slate\n");
      expect(heard()).toContain("ACME-7");
      expect(heard()).toContain("Always be brief.");
      expect(heard()).toContain("Mends roofs of slate");
      const { entries } = readTranscript(adapter.definition.type, context.lines.join("\n"), true);
      expect(entries).toContainEqual(expect.objectContaining({ kind: "assistant", text: "I start." }));
      expect(entries).toContainEqual(
        expect.objectContaining({ kind: "tool_call", name: cli.shell, input: expect.stringContaining("roof.txt") }),
      );
      // The key of the run, as long as it is, and the line break.
      expect(entries).toContainEqual(
        expect.objectContaining({ kind: "tool_result", text: expect.stringMatching(/^17\s*$/), isError: false }),
      );
      const last = entries.filter(({ kind }) => kind === "assistant").at(-1);
      expect(last?.text).toBe("The roof is mended.");
    });

    it("goes on with its session, counting only what the new run took", async () => {
      const first = await open();
      say({ text: "One.", usage: twoUsages });
      const one = await adapter.execute(first);
      expect(one).toMatchObject({ status: "succeeded", summary: "One." });
      const session = { id: String(one.sessionParams?.sessionId), params: { ...one.sessionParams } };
      const second = await open({}, { session, cwd: first.cwd });
      say({ text: "Two.", usage: twoUsages });
      const two = await adapter.execute(second);
      expect(two).toMatchObject({ status: "succeeded", summary: "Two.", usage: one.usage, costUsd: one.costUsd });
      expect(two.sessionParams?.sessionId).toBe(session.id);
      expect(second.metas).toMatchObject([{ resumedSession: session.id }]);
      expect(heard()).toContain("One.");
    });

    it("starts afresh when the session is lost, once", async () => {
      const context = await open();
      say({ text: "Afresh." });
      const session = { id: "11111111-2222-4333-8444-555555555555", params: { cwd: context.cwd } };
      const result = await adapter.execute({ ...context, session });
      expect(result).toMatchObject({ status: "succeeded", summary: "Afresh." });
      expect(result.sessionParams?.sessionId).not.toBe(session.id);
      expect(context.metas.map(({ resumedSession }) => resumedSession)).toEqual([session.id, null]);
    });

    it("says that its key isn't taken", async () => {
      const context = await open();
      model.play(() => ({
        error: { status: 401, type: "UNAUTHENTICATED", message: "API key not valid. Please pass a valid API key." },
      }));
      const result = await adapter.execute(context);
      expect(result).toMatchObject({ status: "failed", errorFamily: "config", errorCode: "login_required" });
    });

    it("is not there under another name", async () => {
      const context = await open({ command: `${cli.program}-of-nobody` });
      expect(await adapter.execute(context)).toMatchObject({ status: "failed", errorCode: "command_not_found" });
    });
  });
}
