import type { EnvironmentCheck, Invocation, InvocationOutcome } from "@boardroom/contract";
import { a2aAdapter } from "./a2a/index.ts";
import type { EdgeAdapter, InvokeOptions } from "./edge-adapter.ts";
import { httpAdapter } from "./http/index.ts";
import { openclawGatewayAdapter } from "./openclaw-gateway/index.ts";

/** Every agent runtime that Boardroom can call itself. */
export const edgeAdapters: readonly EdgeAdapter[] = [httpAdapter, openclawGatewayAdapter, a2aAdapter];

/** Calls an agent through the adapter that its type names. Never throws: trouble is an outcome. */
export async function invokeAgent(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome> {
  const adapter = edgeAdapters.find(({ type }) => type === invocation.adapterType);
  if (adapter) return adapter.invoke(invocation, options);
  return {
    kind: "failed",
    retryable: false,
    errorCode: "unknown_adapter",
    message: `There is no adapter "${invocation.adapterType}" here.`,
    retryAfterMs: null,
  };
}

/** Looks at whether somebody answers where an agent of this configuration would be called. Never throws; wakes nobody. */
export async function testEdgeEnvironment(
  type: string,
  config: Record<string, unknown>,
  options: InvokeOptions,
): Promise<EnvironmentCheck[]> {
  const adapter = edgeAdapters.find((each) => each.type === type);
  return (await adapter?.testEnvironment?.(config, options)) ?? [];
}
