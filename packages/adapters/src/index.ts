export { type CheckedConfig, checkConfig } from "./check-config.ts";
export type { AdapterDefinition } from "./definition.ts";
export { adapterDefinitions, findAdapter } from "./definitions.ts";
export type { EdgeAdapter, InvokeOptions } from "./edge-adapter.ts";
export { edgeAdapters, invokeAgent } from "./edge-adapters.ts";
export { checkTargetUrl, type TargetPolicy } from "./http/check-target-url.ts";
export { invokeHttpAgent } from "./http/invoke-http-agent.ts";
export { readTranscript } from "./read-transcript.ts";
export { type ParsedEntry, type TranscriptParser, type TranscriptState, transcriptStart } from "./transcript.ts";
