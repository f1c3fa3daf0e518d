import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { claudeLocalConfig } from "./config.ts";
import { readClaudeEvent } from "./transcript.ts";

/** Claude Code on a runner's machine. */
export const claudeLocalDefinition = {
  type: "claude_local",
  label: "Claude Code",
  place: "runner",
  models: [
    { id: "opus", label: "Opus (latest)" },
    { id: "sonnet", label: "Sonnet (latest)" },
    { id: "haiku", label: "Haiku (latest)" },
  ],
  capabilities: cliCapabilities({ supportsToolApprovals: true }),
  configSchema: claudeLocalConfig,
  guidance: `Use when:
- The agent works on code or files on a machine where Claude Code is installed and logged in
- A task goes over many runs: the conversation goes on from run to run
- The board wants to decide on single tool calls

Don't use when:
- A fixed script does the work: use process
- The agent is a service with an address: use http
- The machine has no Claude Code, or its login may not be used for this company

With "Ask before a tool call" reading inside the working folder needs no answer; commands and changes do. A plain curl to Boardroom's own API isn't asked for; add company rules for what agents do all the time, or each of these waits for the board. Hooks that a repository brings in its .claude/settings.json run unasked, as for everybody who starts Claude Code there.
An ANTHROPIC_API_KEY in the environment is used instead of the machine's login, and billed to that key.`,
  parseTranscript: transcriptOf(readClaudeEvent),
} as const satisfies AdapterDefinition;
