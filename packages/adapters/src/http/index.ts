import { httpAdapterConfig } from "@boardroom/contract";
import type { Adapter } from "../adapter.ts";
import { invokeHttpAgent } from "./invoke-http-agent.ts";
import { parseHttpTranscript } from "./parse-transcript.ts";

/** Agents that are an HTTP endpoint: called by a signed webhook. */
export const httpAdapter = {
  type: "http",
  label: "HTTP webhook",
  configSchema: httpAdapterConfig,
  invoke: invokeHttpAgent,
  parseTranscript: parseHttpTranscript,
} as const satisfies Adapter;
