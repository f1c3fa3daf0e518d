import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { piLocalConfig } from "./config.ts";
import { readPiEvent } from "./transcript.ts";

/** pi on a runner's machine. */
export const piLocalDefinition = {
  type: "pi_local",
  label: "pi",
  place: "runner",
  models: [
    { id: "anthropic/claude-sonnet-4-5", label: "Claude Sonnet 4.5" },
    { id: "openai/gpt-5.1-codex", label: "GPT-5.1 Codex" },
    { id: "google/gemini-2.5-pro", label: "Gemini 2.5 Pro" },
  ],
  capabilities: cliCapabilities(),
  configSchema: piLocalConfig,
  guidance: `Use when:
- The agent works on code or files on a machine where pi is installed and has a login or key of a provider
- A small agent with few tools is enough, or exactly these tools are to be there
- A task goes over many runs: the conversation goes on from run to run

Don't use when:
- Tool calls have to be approved or sandboxed: pi asks nobody and has no sandbox; use claude_local or codex_local
- A fixed script does the work: use process
- The machine has no pi

Its commands run as the user of the runner: give it a worktree, or only the tools that read.`,
  parseTranscript: transcriptOf(readPiEvent),
} as const satisfies AdapterDefinition;
