import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { hermesLocalConfig } from "./config.ts";
import { readHermesEvent } from "./transcript.ts";

/** Hermes Agent on a runner's machine. */
export const hermesLocalDefinition = {
  type: "hermes_local",
  label: "Hermes Agent",
  place: "runner",
  models: [],
  // It tells tokens at best, and no price.
  capabilities: cliCapabilities({ reportsCost: false }),
  configSchema: hermesLocalConfig,
  guidance: `Use when:
- The agent is a Hermes profile with memory, skills and tools of its own on a machine of the company
- The work is more than code: research, messages, scheduled chores
- A task goes over many runs: the conversation goes on from run to run

Don't use when:
- Tool calls have to be approved by the board: use claude_local or codex_local
- Each step has to be seen on the board and the installed Hermes has no stream-json output
- The machine has no hermes, or hermes setup was never run there

Hermes learns from what it does: its memory of one company's tasks stays in its profile. Give each company a profile of its own.`,
  parseTranscript: transcriptOf(readHermesEvent),
} as const satisfies AdapterDefinition;
