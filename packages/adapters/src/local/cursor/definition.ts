import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { cursorConfig } from "./config.ts";
import { readCursorEvent } from "./transcript.ts";

/** Cursor's command line on a runner's machine. */
export const cursorDefinition = {
  type: "cursor",
  label: "Cursor",
  place: "runner",
  models: [
    { id: "auto", label: "Auto" },
    { id: "composer-1", label: "Composer 1" },
    { id: "sonnet-4.5", label: "Claude Sonnet 4.5" },
    { id: "gpt-5", label: "GPT-5" },
  ],
  // Its stream names no price.
  capabilities: cliCapabilities({ reportsCost: false }),
  configSchema: cursorConfig,
  guidance: `Use when:
- The agent works on code on a machine where Cursor's command line (cursor-agent) is installed and logged in
- The company has a Cursor subscription, and its models or rules are to be used
- A task goes over many runs: the conversation goes on from run to run

Don't use when:
- Tool calls have to be approved by the board: use claude_local or codex_local
- Money has to be counted by run: Cursor's stream names no cost
- The machine has no cursor-agent

With "Run tool calls unasked" it may run any command that the machine's user may: give it a worktree, or the sandbox.`,
  parseTranscript: transcriptOf(readCursorEvent),
} as const satisfies AdapterDefinition;
