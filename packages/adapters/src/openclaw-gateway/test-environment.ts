import type { EnvironmentCheck } from "@boardroom/contract";
import { callTarget } from "../edge/call.ts";
import type { InvokeOptions } from "../edge-adapter.ts";
import { openclawGatewayConfig } from "./config.ts";

const timeoutMs = 10_000;

/** Asks the hook by a method that it refuses: that it does so says that hooks are on, and starts nothing. */
export async function testOpenclawGateway(
  config: Record<string, unknown>,
  options: InvokeOptions,
): Promise<EnvironmentCheck[]> {
  const parsed = openclawGatewayConfig.safeParse(config);
  if (!parsed.success) return [{ level: "error", code: "config_invalid", message: "The configuration is not usable." }];
  const { url } = parsed.data;
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await callTarget({ url, method: "GET", headers: {}, signal, timeoutMs }, options);
  if (answer.kind === "outcome") {
    const message = answer.outcome.kind === "failed" ? answer.outcome.message : "The gateway did not answer.";
    return [{ level: "error", code: "gateway_unreachable", message }];
  }
  if (answer.status === 405 || answer.status === 401) {
    return [{ level: "info", code: "gateway_hooks_on", message: "The gateway has its hooks on." }];
  }
  return [
    {
      level: "warn",
      code: "gateway_hooks_unknown",
      message: `The gateway answered ${answer.status}, which an enabled hook doesn't.`,
      hint: "Set hooks.enabled and hooks.token in openclaw.json, and look at hooks.path.",
    },
  ];
}
