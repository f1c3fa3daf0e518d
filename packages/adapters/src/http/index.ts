import type { EdgeAdapter } from "../edge-adapter.ts";
import { httpAdapterConfig } from "./config.ts";
import { invokeHttpAgent } from "./invoke-http-agent.ts";
import { parseHttpTranscript } from "./parse-transcript.ts";

/** Agents that are an HTTP endpoint: called by a signed webhook. */
export const httpAdapter: EdgeAdapter = {
  type: "http",
  label: "HTTP webhook",
  place: "edge",
  models: [],
  capabilities: {
    supportsLocalAgentJwt: true,
    supportsInstructionsBundle: false,
    instructionsPathKey: null,
    requiresMaterializedRuntimeSkills: false,
    supportsSkills: false,
    supportsSessions: true,
    supportsToolApprovals: false,
    supportsWorkspaces: false,
    reportsCost: true,
  },
  configSchema: httpAdapterConfig,
  guidance: `Use when:
- The agent is a service that is reachable at a public https address, or on this machine when Boardroom runs locally
- It is to be woken within milliseconds, and can verify a Standard Webhooks signature

Don't use when:
- The agent is a coding CLI on somebody's machine: use claude_local, codex_local or another runner adapter
- The machine is behind NAT without a tunnel: a runner needs no inbound address`,
  targetOf: ({ url }) => String(url),
  invoke: invokeHttpAgent,
  parseTranscript: parseHttpTranscript,
};
