import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { geminiLocalConfig } from "./config.ts";
import { readGeminiEvent } from "./transcript.ts";

/** Gemini CLI on a runner's machine. */
export const geminiLocalDefinition = {
  type: "gemini_local",
  label: "Gemini CLI",
  place: "runner",
  models: [
    { id: "gemini-2.5-pro", label: "Gemini 2.5 Pro" },
    { id: "gemini-2.5-flash", label: "Gemini 2.5 Flash" },
    { id: "gemini-2.5-flash-lite", label: "Gemini 2.5 Flash-Lite" },
  ],
  // It tells tokens, but no prices.
  capabilities: cliCapabilities({ reportsCost: false }),
  configSchema: geminiLocalConfig,
  guidance: `Use when:
- The agent works on code or files on a machine where Gemini CLI is installed and logged in
- A long context helps: it reads whole repositories
- A task goes over many runs: the conversation goes on from run to run

Don't use when:
- Tool calls have to be approved by the board: use claude_local or codex_local
- A fixed script does the work: use process
- The machine has no Gemini CLI, or its login may not be used for this company

With the tool calls yolo it may run any command that the machine's user may: give it a worktree, or the sandbox.
A GEMINI_API_KEY in the environment is billed to that key; without one the machine's Google login is used.`,
  parseTranscript: transcriptOf(readGeminiEvent),
} as const satisfies AdapterDefinition;
