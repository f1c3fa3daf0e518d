import type { EdgeAdapter } from "../edge-adapter.ts";
import { parseHttpTranscript } from "../http/parse-transcript.ts";
import { openclawGatewayConfig } from "./config.ts";
import { invokeOpenclawGateway } from "./invoke.ts";
import { testOpenclawGateway } from "./test-environment.ts";

/** Agents of an OpenClaw gateway, woken through its HTTP hooks. */
export const openclawGatewayAdapter: EdgeAdapter = {
  type: "openclaw_gateway",
  label: "OpenClaw gateway",
  place: "edge",
  models: [],
  capabilities: {
    supportsLocalAgentJwt: false,
    supportsInstructionsBundle: false,
    instructionsPathKey: null,
    requiresMaterializedRuntimeSkills: false,
    supportsSkills: false,
    supportsSessions: false,
    supportsToolApprovals: false,
    supportsWorkspaces: false,
    reportsCost: false,
  },
  configSchema: openclawGatewayConfig,
  guidance: `Use when:
- The agent lives in an OpenClaw gateway whose hooks are reachable at a public https address, or on this machine
- Its memory, channels and tools are to stay in OpenClaw, and Boardroom only wakes it and keeps its work

Don't use when:
- The gateway is behind NAT without a tunnel or reverse proxy: use a runner adapter on that machine
- You want its tokens and cost by themselves: a hook doesn't tell them, the agent would have to report them
- The agent is a service of your own: use http, which is signed and given a run token

Set up:
- In openclaw.json: hooks.enabled true, hooks.token the agent's signing secret (whsec_…, shown once when hired or rotated), hooks.allowedAgentIds the agent
- Give the OpenClaw agent an agent key as PAPERCLIP_API_KEY and the boardroom skill: the wake names the run, never a key
- The gateway wraps hook text as external content: its own instructions must say that hooks named Boardroom are its work`,
  targetOf: ({ url }) => String(url),
  invoke: invokeOpenclawGateway,
  testEnvironment: testOpenclawGateway,
  parseTranscript: parseHttpTranscript,
};
