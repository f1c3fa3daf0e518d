import type { InvocationOutcome } from "@boardroom/contract";
import { cleanText } from "../edge/clean-text.ts";
import { failedStatus } from "../edge/failed-status.ts";
import { failed } from "../http/read-answer.ts";
import { asObject, asString, type JsonObject, parseObject } from "../local/toolkit/json.ts";
import type { Connection } from "./connect.ts";

export type RpcAnswer =
  | { kind: "result"; status: number; result: JsonObject }
  | { kind: "error"; code: number; outcome: InvocationOutcome }
  | { kind: "outcome"; outcome: InvocationOutcome };

/** Method names by the protocol's major version. */
const methods = {
  send: ["message/send", "SendMessage"],
  get: ["tasks/get", "GetTask"],
  cancel: ["tasks/cancel", "CancelTask"],
} as const;

/** One JSON-RPC call. Errors of the protocol come back with their code, everything else as the outcome that it means. */
export async function callMethod(
  connection: Connection,
  method: keyof typeof methods,
  params: Record<string, unknown>,
  id: string,
): Promise<RpcAnswer> {
  const { major, tenant } = connection;
  const scoped = tenant === null ? params : { tenant, ...params };
  const body = JSON.stringify({ jsonrpc: "2.0", id, method: methods[method][major], params: scoped });
  const answer = await connection.post(body);
  if (answer.kind === "outcome") return answer;
  const reply = parseObject(answer.text);
  const error = asObject(reply?.error);
  // Some servers say an error of the protocol with a status of its own.
  if (error && (answer.status < 400 || typeof error.code === "number")) return readError(error);
  if (answer.status < 200 || answer.status >= 300) {
    return { kind: "outcome", outcome: failedStatus(answer, asString(reply?.message)) };
  }
  const result = asObject(reply?.result);
  if (result) return { kind: "result", status: answer.status, result };
  const outcome = failed(false, "invalid_answer", "The agent's answer is not one of JSON-RPC.");
  return { kind: "outcome", outcome };
}

export const errorCodes = { internal: -32603, taskNotFound: -32001, taskNotCancelable: -32002, unsupported: -32004 };

function readError(error: JsonObject): RpcAnswer {
  const code = typeof error.code === "number" ? error.code : 0;
  const message = cleanText(asString(error.message) ?? "no reason given", 500);
  const outcome = failed(
    code === errorCodes.internal,
    "a2a_error",
    `The agent answered with error ${code}: ${message}`,
  );
  return { kind: "error", code, outcome };
}
