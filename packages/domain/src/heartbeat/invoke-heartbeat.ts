import type { OperationInput, Operations } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import { queueWake, type WakeOutcome } from "./queue-wake.ts";

type Input = { id: string } & OperationInput<Operations["agents.invoke"]>["body"];

/** The board's "run now". */
export async function invokeHeartbeat(ctx: Ctx, { id, reason, issueId }: Input): Promise<WakeOutcome> {
  return queueWake(ctx, {
    agentId: id,
    source: "on_demand",
    reason: "run_now",
    triggerDetail: reason ?? null,
    issueId: issueId ?? null,
    payload: null,
  });
}
