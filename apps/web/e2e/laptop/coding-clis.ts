import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Tools } from "./employee-script.ts";

/** A coding program as an employee: how it is found, set up, and spoken to by its model. */
export interface CodingCli {
  program: string;
  adapterType: string;
  /** Beside the command. */
  configOf(modelUrl: string): Record<string, unknown>;
  /** What a person would have set up on the machine. */
  setUp?(home: string, modelUrl: string): Promise<void>;
  tools: Tools;
  /** Whether its stream says what it cost. */
  reportsCost: boolean;
  /** Whether it asks before it uses a tool. */
  asks: boolean;
}

const tool = (name: string, input: Record<string, unknown>) => ({ toolCalls: [{ name, input }] });

const scriptedProvider = (url: string) =>
  `model_providers.scripted={name="scripted",base_url="${url}/v1",wire_api="responses",env_key="SCRIPTED_KEY"}`;

export const codingClis: readonly CodingCli[] = [
  {
    program: "claude",
    adapterType: "claude_local",
    configOf: (url) => ({
      model: "claude-sonnet-4-5",
      env: { ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: "sk-none", IS_SANDBOX: "1" },
    }),
    tools: {
      shell: (command) => tool("Bash", { command, description: "work" }),
      openSkill: (skill) => tool("Skill", { skill }),
    },
    reportsCost: true,
    asks: true,
  },
  {
    program: "codex",
    adapterType: "codex_local",
    configOf: (url) => ({
      model: "gpt-5.1-codex",
      extraArgs: ["-c", 'model_provider="scripted"', "-c", scriptedProvider(url)],
      env: { SCRIPTED_KEY: "none" },
    }),
    tools: { shell: (cmd) => tool("exec_command", { cmd }), openSkill: null },
    reportsCost: false,
    asks: true,
  },
  {
    program: "gemini",
    adapterType: "gemini_local",
    configOf: (url) => ({
      model: "gemini-2.5-pro",
      env: { GOOGLE_GEMINI_BASE_URL: url, GEMINI_API_KEY: "none", GEMINI_CLI_NO_RELAUNCH: "true" },
    }),
    setUp: (home) =>
      write(home, ".gemini/settings.json", {
        security: { auth: { selectedType: "gemini-api-key" } },
        general: { disableAutoUpdate: true },
      }),
    tools: { shell: (command) => tool("run_shell_command", { command }), openSkill: null },
    reportsCost: false,
    asks: false,
  },
  {
    program: "opencode",
    adapterType: "opencode_local",
    configOf: () => ({ model: "scripted/m1", env: { OPENCODE_DISABLE_MODELS_FETCH: "1" } }),
    setUp: (home, url) =>
      write(home, ".config/opencode/opencode.json", {
        provider: {
          scripted: {
            npm: "@ai-sdk/openai-compatible",
            name: "Scripted",
            options: { baseURL: `${url}/v1`, apiKey: "none" },
            models: { m1: { name: "m1", cost: { input: 3, output: 15, cache_read: 0.3 } } },
          },
        },
      }),
    tools: { shell: (command) => tool("bash", { command, description: "work" }), openSkill: null },
    reportsCost: true,
    asks: false,
  },
];

async function write(home: string, path: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(home, path)), { recursive: true });
  await writeFile(join(home, path), JSON.stringify(content));
}
