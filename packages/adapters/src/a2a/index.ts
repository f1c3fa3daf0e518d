import type { EdgeAdapter } from "../edge-adapter.ts";
import { parseHttpTranscript } from "../http/parse-transcript.ts";
import { a2aConfig } from "./config.ts";
import { invokeA2a } from "./invoke.ts";
import { testA2a } from "./test-environment.ts";

/** Agents that speak the Agent2Agent protocol: Boardroom is their client. */
export const a2aAdapter: EdgeAdapter = {
  type: "a2a",
  label: "A2A agent",
  place: "edge",
  models: [],
  capabilities: {
    supportsLocalAgentJwt: false,
    supportsInstructionsBundle: false,
    instructionsPathKey: null,
    requiresMaterializedRuntimeSkills: false,
    supportsSkills: false,
    supportsSessions: true,
    supportsToolApprovals: false,
    supportsWorkspaces: false,
    reportsCost: false,
  },
  configSchema: a2aConfig,
  guidance: `Use when:
- The agent has an A2A agent card (protocol 0.x or 1.x with JSON-RPC) at a public https address, or on this machine
- It needs no more than the task's text: it answers, and Boardroom asks it each minute until its task has ended

Don't use when:
- The agent is a service of your own that could take a webhook: http is woken and reports at once, with cost and logs
- The agent only offers gRPC or HTTP+JSON bindings: only JSON-RPC is spoken
- The agent needs an OAuth flow of its own: only a bearer token or API key that you chose can be sent

Set up:
- Give the agent contextMode fat: the message then holds the task and its comments
- With bearer or api_key the agent's signing secret (whsec_…, shown once when hired or rotated) is the credential: set it at the remote agent
- A task that asks for input ends the run with its question as the summary; the next wake goes on with the same task`,
  targetOf: ({ url }) => String(url),
  invoke: invokeA2a,
  testEnvironment: testA2a,
  parseTranscript: parseHttpTranscript,
};
