import { type OperationId, operationIds, operations } from "@boardroom/contract";
import { type AnswerOptions, answerOperation } from "./answer-operation.ts";
import type { ApiRouter } from "./router.ts";

/** Gives every operation its route. Where two paths match, the one with fewer parameters wins. */
export function mountOperations(router: ApiRouter, options: AnswerOptions): void {
  for (const id of inMatchingOrder()) {
    const { method, path } = operations[id];
    router.on(method, path, (c) => answerOperation(options, id, c.req.raw, c.req.param(), c.get("requestId")));
  }
}

function inMatchingOrder(): OperationId[] {
  const parameters = (id: OperationId) => operations[id].path.split(":").length;
  return [...operationIds].sort((a, b) => parameters(a) - parameters(b));
}
