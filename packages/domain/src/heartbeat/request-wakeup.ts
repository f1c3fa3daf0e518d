import type { OperationInput, Operations } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import { queueWake, selfWake, type WakeOutcome } from "./queue-wake.ts";

type Input = { id: string } & OperationInput<Operations["agents.wakeup"]>["body"];

/**
 * Wakes an agent with a cause of the caller's.
 * @throws BoardroomError forbidden when an agent asks from within a run for its own wake: it would never come to rest
 */
export async function requestWakeup(
  ctx: Ctx,
  { id, source, triggerDetail, reason, payload }: Input,
): Promise<WakeOutcome> {
  if (ctx.actor.runId && ctx.actor.agentId === id) {
    throw selfWake();
  }
  return queueWake(ctx, {
    agentId: id,
    source,
    reason: reason ?? source,
    triggerDetail: triggerDetail ?? null,
    issueId: null,
    payload: payload ?? null,
  });
}
