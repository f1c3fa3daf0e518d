import type { HeartbeatPayload, Invocation } from "@boardroom/contract";

export const current = `whsec_${btoa("c".repeat(32))}`;
export const previous = `whsec_${btoa("p".repeat(32))}`;
export const runId = "01989e5e-0000-7000-8000-000000000001";
const agentId = "01989e5e-0000-7000-8000-000000000002";
const companyId = "01989e5e-0000-7000-8000-000000000003";
export const taskId = "01989e5e-0000-7000-8000-000000000004";
const fence = 7;

export function heartbeat(context: Record<string, unknown> = {}): HeartbeatPayload {
  const data = {
    agentId,
    companyId,
    runId,
    taskId,
    wakeReason: "issue_assigned",
    context,
    callbackUrl: `https://boardroom.example/api/heartbeat-runs/${runId}/complete`,
    apiUrl: "https://boardroom.example",
    runToken: "secret-run-token",
    leaseExpiresAt: "2026-01-01T00:05:00Z",
    fence,
  };
  return { type: "heartbeat.invoke", timestamp: "2026-01-01T00:00:00Z", data, agentId, runId, context };
}

export const invocation = (
  adapterType: string,
  config: Record<string, unknown>,
  over: Partial<Invocation> = {},
): Invocation => ({
  adapterType,
  config,
  secrets: [current],
  runId,
  traceparent: "00-01989e5e000070008000000000000001-0000000000000001-01",
  payload: heartbeat(),
  ...over,
});

export const poll: Invocation["payload"] = { type: "heartbeat.poll", data: { agentId, companyId, runId, fence } };

export const cancel: Invocation["payload"] = {
  type: "heartbeat.cancel",
  timestamp: "2026-01-01T00:00:00Z",
  data: { agentId, companyId, runId, reason: null, fence },
};
