import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { geminiLocalAdapter } from "../../src/local/gemini-local/index.ts";
import type { LocalAdapter } from "../../src/local/local-adapter.ts";
import { opencodeLocalAdapter } from "../../src/local/opencode-local/index.ts";
import { piLocalAdapter } from "../../src/local/pi-local/index.ts";
import type { ScriptedModel } from "./scripted-model.ts";

const price = { input: 3, output: 15 };

/** What a person would have set up on the machine: where the model is, and a key for it. */
export async function logIn(model: ScriptedModel): Promise<void> {
  const write = async (path: string, content: unknown) => {
    const file = join(model.home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify(content));
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

export interface Cli {
  program: string;
  adapter: LocalAdapter;
  config: Record<string, unknown>;
  env: Record<string, string>;
  shell: string;
  provider: string;
  model: string;
  costUsd: number | null;
}

export const clis: readonly Cli[] = [
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
