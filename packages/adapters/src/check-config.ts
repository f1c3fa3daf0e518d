import * as z from "zod";
import { findAdapter } from "./definitions.ts";
import { edgeAdapters } from "./edge-adapters.ts";
import { checkTargetUrl, type TargetPolicy } from "./http/check-target-url.ts";

export type CheckedConfig =
  | { kind: "usable"; config: Record<string, unknown> }
  /** Only a runner can know this kind of agent. */
  | { kind: "unknown" }
  | { kind: "invalid"; issues: { path: string; message: string }[] }
  | { kind: "unsafe"; url: string; message: string };

/** Looks at the configuration of an agent: whether its adapter takes it, and whether its calls may go where it says. */
export function checkConfig(type: string, config: Record<string, unknown>, policy: TargetPolicy): CheckedConfig {
  const adapter = findAdapter(type);
  if (!adapter) return { kind: "unknown" };
  const parsed = adapter.configSchema.safeParse(config);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      path: ["adapterConfig", ...path].join("."),
      message,
    }));
    return { kind: "invalid", issues };
  }
  const edge = edgeAdapters.find((each) => each.type === type);
  const url = edge?.targetOf(parsed.data);
  const refusal = url === undefined ? null : checkTargetUrl(url, policy);
  if (url !== undefined && refusal !== null) return { kind: "unsafe", url, message: refusal };
  return { kind: "usable", config: z.record(z.string(), z.unknown()).parse(parsed.data) };
}
