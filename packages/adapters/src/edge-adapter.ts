import type { EnvironmentCheck, Invocation, InvocationOutcome } from "@boardroom/contract";
import type { AdapterDefinition } from "./definition.ts";

export interface InvokeOptions {
  /** http and loopback targets are allowed; only where Boardroom runs on one machine. */
  allowLocal: boolean;
  /** How a request is sent; the global `fetch` when left out. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

/** A kind of agent that Boardroom itself calls over the network. */
export interface EdgeAdapter extends AdapterDefinition {
  readonly place: "edge";
  /** Where calls go; the address is looked at when an agent is hired and again at each call. */
  targetOf(config: Record<string, unknown>): string;
  /** Calls the agent. Never throws: trouble is an outcome. */
  invoke(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome>;
  /** Looks, without starting anything, at whether the agent would be reached. Never throws. Missing: only the target is judged. */
  testEnvironment?(config: Record<string, unknown>, options: InvokeOptions): Promise<EnvironmentCheck[]>;
}
