import { httpAdapter } from "./http/index.ts";

/** Every agent runtime that Boardroom can call itself, by its `adapterType`. */
export const adapters = { http: httpAdapter } as const;

export type { Adapter, InvokeOptions } from "./adapter.ts";
export { checkTargetUrl, type TargetPolicy } from "./http/check-target-url.ts";
export { invokeHttpAgent } from "./http/invoke-http-agent.ts";
export { invokeAgent } from "./invoke-agent.ts";
export { readTranscript } from "./read-transcript.ts";
export { type ParsedEntry, type TranscriptParser, type TranscriptState, transcriptStart } from "./transcript.ts";
