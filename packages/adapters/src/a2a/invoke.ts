import type { HeartbeatPayload, Invocation, InvocationOutcome } from "@boardroom/contract";
import type { InvokeOptions } from "../edge-adapter.ts";
import { failed } from "../http/read-answer.ts";
import { type A2aConfig, a2aConfig } from "./config.ts";
import { type Connection, connect } from "./connect.ts";
import { type Continuation, fresh, readContinuation, sendParams } from "./message.ts";
import { callMethod, errorCodes, type RpcAnswer } from "./rpc.ts";
import { readSent, readTask } from "./task-outcome.ts";

/**
 * Speaks A2A (0.x or 1.x over JSON-RPC) to the agent whose card the configuration names. A wake sends a message: a task
 * that works is accepted and asked about by `heartbeat.poll`, one that ended is finished. A cancel cancels the task.
 */
export async function invokeA2a(invocation: Invocation, options: InvokeOptions): Promise<InvocationOutcome> {
  const config = a2aConfig.safeParse(invocation.config);
  if (!config.success) return failed(false, "invalid_config", "The agent's configuration has no usable URL.");
  const { payload, externalRunId } = invocation;
  if (payload.type !== "heartbeat.invoke" && !externalRunId) {
    return failed(false, "no_task", "The agent hasn't named its task yet.");
  }
  const connected = await connect(config.data, invocation, options);
  if ("outcome" in connected) return connected.outcome;
  const { connection } = connected;
  if (payload.type === "heartbeat.invoke") return send(connection, config.data, payload);
  const method = payload.type === "heartbeat.poll" ? "get" : "cancel";
  const answer = await callMethod(connection, method, { id: externalRunId }, payload.data.runId);
  if (answer.kind === "result") return readTask(answer.result, answer.status);
  if (answer.kind === "error" && answer.code === errorCodes.taskNotFound) {
    return failed(false, "task_not_found", "The agent doesn't know its task any more.");
  }
  return answer.outcome;
}

/** A conversation or task that the agent has forgotten, or that has ended, is left behind step by step. */
async function send(connection: Connection, config: A2aConfig, payload: HeartbeatPayload): Promise<InvocationOutcome> {
  const continuation = readContinuation(payload);
  const attempts: Continuation[] = [fresh];
  if (continuation.contextId !== null) attempts.unshift({ ...continuation, taskId: null });
  if (continuation.taskId !== null) attempts.unshift(continuation);
  let answer: RpcAnswer | null = null;
  for (const attempt of attempts) {
    const params = sendParams(payload, config, connection.major, attempt);
    answer = await callMethod(connection, "send", params, payload.data.runId);
    if (answer.kind === "result") return readSent(answer.result, answer.status);
    if (answer.kind !== "error" || !isForgotten(answer.code)) break;
  }
  return answer?.kind === "error" || answer?.kind === "outcome"
    ? answer.outcome
    : failed(false, "invalid_answer", "The agent gave no answer.");
}

const isForgotten = (code: number): boolean =>
  code === errorCodes.taskNotFound || code === errorCodes.unsupported || code === -32602;
