import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { opencodeLocalConfig } from "./config.ts";
import { readOpencodeEvent } from "./transcript.ts";

/** OpenCode on a runner's machine. */
export const opencodeLocalDefinition = {
  type: "opencode_local",
  label: "OpenCode",
  place: "runner",
  models: [
    { id: "anthropic/claude-sonnet-4-5", label: "Claude Sonnet 4.5" },
    { id: "openai/gpt-5.1-codex", label: "GPT-5.1 Codex" },
    { id: "google/gemini-2.5-pro", label: "Gemini 2.5 Pro" },
  ],
  capabilities: cliCapabilities(),
  configSchema: opencodeLocalConfig,
  guidance: `Use when:
- The agent works on code or files on a machine where OpenCode is installed
- The model is one of a provider of your choice, or runs on the machine itself
- A task goes over many runs: the conversation goes on from run to run

Don't use when:
- Tool calls have to be approved by the board: use claude_local or codex_local
- A fixed script does the work: use process
- The machine has no OpenCode, or no login at a provider (opencode auth login)

OpenCode's own permissions decide on tool calls; whatever they would ask about is refused, since nobody is there to answer.`,
  parseTranscript: transcriptOf(readOpencodeEvent),
} as const satisfies AdapterDefinition;
