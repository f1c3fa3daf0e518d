import type { Invocation, InvocationOutcome } from "@boardroom/contract";
import type { z } from "zod";
import type { TranscriptParser } from "./transcript.ts";

export interface InvokeOptions {
  /** http and loopback targets are allowed; only where Boardroom runs on one machine. */
  allowLocal: boolean;
  /** How a request is sent; the global `fetch` when left out. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** One kind of agent runtime. */
export interface Adapter {
  readonly type: string;
  /** As the board names it. */
  readonly label: string;
  /** What an agent of this kind is configured with. */
  readonly configSchema: z.ZodType;
  /** Calls the agent. Never throws: trouble is an outcome. */
  invoke(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome>;
  /** Reads the logs that such agents write. */
  parseTranscript: TranscriptParser;
}
