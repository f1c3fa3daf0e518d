import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { codexLocalConfig } from "./config.ts";
import { readCodexEvent } from "./transcript.ts";

/** Codex on a runner's machine. */
export const codexLocalDefinition = {
  type: "codex_local",
  label: "Codex",
  place: "runner",
  models: [
    { id: "gpt-6.1-sol", label: "GPT-6.1 Sol" },
    { id: "gpt-6.1-terra", label: "GPT-6.1 Terra" },
    { id: "gpt-6-luna", label: "GPT-6 Luna" },
    { id: "gpt-5.6-sol", label: "GPT-5.6 Sol" },
  ],
  capabilities: cliCapabilities({ supportsToolApprovals: true, reportsCost: false }),
  configSchema: codexLocalConfig,
  guidance: `Use when:
- The agent works on code or files on a machine where Codex is installed and logged in
- Its commands are to run in a sandbox of the operating system
- The board wants to decide on single commands and changes

Don't use when:
- A fixed script does the work: use process
- Costs have to be known in money: Codex tells tokens only
- The machine can't run Codex's sandbox and nobody may run without one

With "Ask before a tool call" it is run through its app server, which asks before commands that aren't known to be harmless (a plain curl to Boardroom's own API isn't asked for); a denial's reason reaches the model as a further message. Without, it is run by codex exec, which never asks: what the sandbox doesn't allow fails.
Questions of MCP servers are declined. An OPENAI_API_KEY or CODEX_API_KEY in the environment may be billed instead of the machine's login.`,
  parseTranscript: transcriptOf(readCodexEvent),
} as const satisfies AdapterDefinition;
