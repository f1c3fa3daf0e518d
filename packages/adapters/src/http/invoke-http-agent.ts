import type { Invocation, InvocationOutcome } from "@boardroom/contract";
import type { InvokeOptions } from "../edge-adapter.ts";
import { checkTargetUrl } from "./check-target-url.ts";
import { httpAdapterConfig } from "./config.ts";
import { failed, readAnswer } from "./read-answer.ts";
import { signWebhook } from "./sign-webhook.ts";

const maxTimeoutSec = 25;

/**
 * Calls an `http` agent with a signed webhook. 2xx with a result is finished, 202 accepted, 410 gone; 408, 425, 429, 5xx, a
 * timeout or a broken connection is worth another try, everything else is not. Redirects are not followed.
 * @example await invokeHttpAgent(invocation, { allowLocal: false }) // { kind: "accepted", httpStatus: 202 }
 */
export async function invokeHttpAgent(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome> {
  const refused = checkTargetUrl(String(invocation.config.url), options);
  if (refused !== null) return failed(false, "unsafe_url", refused);
  const config = httpAdapterConfig.safeParse(invocation.config);
  if (!config.success) return failed(false, "invalid_config", "The agent's configuration has no usable webhook URL.");
  const { url, timeoutSec, headers } = config.data;
  const timeoutMs = Math.min(timeoutSec, maxTimeoutSec) * 1000;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const send = options.fetch ?? ((to, init) => fetch(to, init));
    return await readAnswer(await send(url, buildRequest(invocation, headers, signal)));
  } catch (error) {
    if (signal.aborted) return failed(true, "timeout", `The agent did not answer within ${timeoutMs / 1000} s.`);
    return failed(true, "network", `The agent can't be reached${describe(error)}.`);
  }
}

function buildRequest(
  invocation: Invocation,
  headers: Record<string, string> | undefined,
  signal: AbortSignal,
): RequestInit {
  const body = JSON.stringify(invocation.payload);
  return {
    method: "POST",
    redirect: "manual",
    signal,
    headers: {
      ...headers,
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": "Boardroom-Webhook/1",
      traceparent: invocation.traceparent,
      ...signWebhook(invocation.secrets, webhookId(invocation), new Date(), body),
    },
    body,
  };
}

/** The run's id, the same on each retry. A cancel has its own, so that a receiver does not take it for a repetition. */
function webhookId({ runId, payload }: Invocation): string {
  return payload.type === "heartbeat.cancel" ? `${runId}-cancel` : runId;
}

/** The reason that the network gave, where it gave one. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  return cause && "code" in cause ? ` (${String(cause.code)})` : "";
}
