import { BoardroomError } from "@boardroom/contract";
import { type Ctx, systemActor } from "../context.ts";
import { finishRun } from "../heartbeat/finish-run.ts";
import type { ExecutedRun } from "./runner-rows.ts";

/** Ends runs whose machine can't go on with them; each is tried again as its policy says. One that ended meanwhile stays as it is. */
export async function endRuns(
  ctx: Ctx,
  runs: readonly ExecutedRun[],
  cause: { errorCode: string; error: string },
): Promise<void> {
  const system = { ...ctx, actor: systemActor, idempotency: null };
  for (const { runId, fence } of runs) {
    const result = { status: "failed", errorFamily: "transient", ...cause } as const;
    await finishRun(system, { runId, fence, result }).catch((error: unknown) => {
      if (!(error instanceof BoardroomError && error.code === "lease_lost")) throw error;
    });
  }
}
