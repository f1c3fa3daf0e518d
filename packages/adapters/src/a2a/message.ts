import type { HeartbeatPayload } from "@boardroom/contract";
import { wakeMessage } from "../edge/wake-message.ts";
import { asObject, asString } from "../local/toolkit/json.ts";
import type { A2aConfig } from "./config.ts";

/** What an earlier run of the task left: the conversation, and a task of the agent's own that waits for an answer. */
export interface Continuation {
  contextId: string | null;
  taskId: string | null;
}

export const fresh: Continuation = { contextId: null, taskId: null };

export function readContinuation({ data }: HeartbeatPayload): Continuation {
  const params = asObject(data.context.sessionParams);
  return { contextId: asString(params?.sessionId), taskId: asString(params?.taskId) };
}

/** The parameters of `message/send` (0.x) or `SendMessage` (1.x): it answers at once, and is asked later how it does. */
export function sendParams(
  payload: HeartbeatPayload,
  config: A2aConfig,
  major: 0 | 1,
  { contextId, taskId }: Continuation,
): Record<string, unknown> {
  const text = wakeMessage(payload);
  const message = {
    messageId: payload.data.runId,
    ...(contextId === null ? {} : { contextId }),
    ...(taskId === null ? {} : { taskId }),
    metadata: { boardroom: metadataOf(payload, config) },
  };
  const acceptedOutputModes = ["text/plain", "text/markdown", "application/json"];
  if (major === 1) {
    return {
      message: { ...message, role: "ROLE_USER", parts: [{ text }] },
      configuration: { acceptedOutputModes, returnImmediately: true },
    };
  }
  return {
    message: { ...message, kind: "message", role: "user", parts: [{ kind: "text", text }] },
    configuration: { acceptedOutputModes, blocking: false },
  };
}

function metadataOf({ data }: HeartbeatPayload, { shareRunToken }: A2aConfig): Record<string, unknown> {
  const { agentId, companyId, runId, taskId, wakeReason, apiUrl, callbackUrl, runToken, leaseExpiresAt, fence } = data;
  const names = { agentId, companyId, runId, taskId, wakeReason };
  return shareRunToken ? { ...names, apiUrl, callbackUrl, runToken, leaseExpiresAt, fence } : names;
}
