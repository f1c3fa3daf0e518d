import type { HeartbeatPayload } from "@boardroom/contract";
import { wakeMessage } from "../edge/wake-message.ts";

/**
 * What the hook tells the agent. The same for each delivery of a run, so that the gateway knows a repetition by its
 * `Idempotency-Key`: no fence and no lease is in it. Nor is a token: the agent uses a key of its own.
 */
export function hookMessage(payload: HeartbeatPayload): string {
  const { agentId, companyId, runId, taskId, apiUrl, wakeReason } = payload.data;
  const values = {
    PAPERCLIP_API_URL: apiUrl,
    PAPERCLIP_COMPANY_ID: companyId,
    PAPERCLIP_AGENT_ID: agentId,
    PAPERCLIP_RUN_ID: runId,
    PAPERCLIP_TASK_ID: taskId ?? "",
    PAPERCLIP_WAKE_REASON: wakeReason,
  };
  const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
  return `${wakeMessage(payload)}

This run:
${lines.join("\n")}

How to report:
- Call the API below PAPERCLIP_API_URL/api with "Authorization: Bearer <your agent key>", which you keep as PAPERCLIP_API_KEY, and "X-Paperclip-Run-Id: ${runId}". Never print the key.
- Check the task out before you work on it, comment what you did, and set its status to what is true.
- The run's fence is in GET /api/heartbeat-runs/${runId}. POST /api/heartbeat-runs/${runId}/renew {"fence": …} at least every 10 minutes, and stop when it answers cancel.
- When you are done, POST /api/heartbeat-runs/${runId}/complete {"fence": …, "status": "succeeded", "summary": "…"}; "failed" with an "error" if you could not.`;
}
