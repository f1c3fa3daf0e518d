import type { Invocation, InvocationOutcome } from "@boardroom/contract";
import type { Adapter, InvokeOptions } from "./adapter.ts";
import { httpAdapter } from "./http/index.ts";

const byType = new Map<string, Adapter>([[httpAdapter.type, httpAdapter]]);

/** Calls an agent through the adapter that its type names. Never throws: trouble is an outcome. */
export async function invokeAgent(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome> {
  const adapter = byType.get(invocation.adapterType);
  if (adapter) return adapter.invoke(invocation, options);
  return {
    kind: "failed",
    retryable: false,
    errorCode: "unknown_adapter",
    message: `There is no adapter "${invocation.adapterType}" here.`,
    retryAfterMs: null,
  };
}
