import type { HeartbeatPayload, Invocation, InvocationOutcome } from "@boardroom/contract";
import type * as z from "zod";
import { type Answer, callTarget } from "../edge/call.ts";
import type { InvokeOptions } from "../edge-adapter.ts";
import { failed } from "../http/read-answer.ts";
import { openclawGatewayConfig } from "./config.ts";
import { hookMessage } from "./hook-message.ts";
import { readAdmission } from "./read-admission.ts";

/**
 * Wakes an agent of an OpenClaw gateway through `POST /hooks/agent`. The signing secret of the agent is the gateway's
 * `hooks.token`. An admitted turn is accepted: the agent reports through the API. Deliveries of one run share an
 * `Idempotency-Key`, so that a lost answer doesn't start a second turn.
 */
export async function invokeOpenclawGateway(
  invocation: Invocation,
  options: InvokeOptions,
): Promise<InvocationOutcome> {
  const { payload } = invocation;
  if (payload.type !== "heartbeat.invoke") {
    return failed(
      false,
      "unsupported",
      "An OpenClaw hook can't be asked or cancelled: the agent learns it at its next renewal.",
    );
  }
  const config = openclawGatewayConfig.safeParse(invocation.config);
  if (!config.success) return failed(false, "invalid_config", "The agent's configuration has no usable hook URL.");
  const timeoutMs = config.data.timeoutSec * 1000;
  const signal = AbortSignal.timeout(timeoutMs);
  const body = JSON.stringify(buildTurn(config.data, payload));
  const post = (token: string): Promise<Answer> => {
    const headers = { ...config.data.headers, ...headersOf(invocation), authorization: `Bearer ${token}` };
    return callTarget({ url: config.data.url, method: "POST", headers, body, signal, timeoutMs }, options);
  };
  const [current, previous] = invocation.secrets;
  if (current === undefined) return failed(false, "no_secret", "The agent has no signing secret to authenticate with.");
  const answer = await post(current);
  // While a rotation lasts the gateway may still have the secret before.
  const isRefused = answer.kind === "answer" && answer.status === 401;
  return readAdmission(isRefused && previous !== undefined ? await post(previous) : answer);
}

const headersOf = ({ runId, traceparent }: Invocation): Record<string, string> => ({
  "content-type": "application/json",
  "idempotency-key": runId,
  traceparent,
});

function buildTurn(config: z.infer<typeof openclawGatewayConfig>, payload: HeartbeatPayload) {
  const { agentId, sessionMode, model, thinking, runTimeoutSec } = config;
  const session = {
    sessionKey: `hook:boardroom:${payload.data.taskId ?? payload.data.agentId}`,
    sessionMode: "persistent",
  };
  return {
    message: hookMessage(payload),
    name: "Boardroom",
    agentId,
    ...(sessionMode === "task" ? session : {}),
    deliver: false,
    wakeMode: "now",
    model,
    thinking,
    timeoutSeconds: runTimeoutSec,
  };
}
