import type { AdapterDefinition } from "../../definition.ts";
import { cliCapabilities } from "../toolkit/capabilities.ts";
import { transcriptOf } from "../toolkit/transcript-of.ts";
import { processConfig } from "./config.ts";
import { readProcessEvent } from "./transcript.ts";

/** Any program on a runner's machine. */
export const processDefinition = {
  type: "process",
  label: "Program",
  place: "runner",
  models: [],
  capabilities: cliCapabilities({
    supportsInstructionsBundle: false,
    instructionsPathKey: null,
    requiresMaterializedRuntimeSkills: false,
    supportsSkills: false,
    supportsSessions: false,
  }),
  configSchema: processConfig,
  guidance: `Use when:
- A script or program does the work: a report, a check, a build, an agent of one's own
- It needs nothing but the environment (PAPERCLIP_API_URL, PAPERCLIP_API_KEY, PAPERCLIP_TASK_ID and the rest) and its standard input

Don't use when:
- The program is a coding CLI that has an adapter of its own: sessions, costs and tool approvals would be lost
- The agent has to remember its conversation from run to run

Exit code 0 is success, any other a failure. A last line of output {"boardroom": {"status", "summary", "error", "usage", "costUsd", "model", "provider"}} says more, in the words of a run's result.`,
  parseTranscript: transcriptOf(readProcessEvent),
} as const satisfies AdapterDefinition;
