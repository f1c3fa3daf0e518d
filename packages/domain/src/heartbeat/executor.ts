import { BoardroomError } from "@boardroom/contract";
import type { Ctx } from "../context.ts";

/**
 * The fence under which the caller executes a run: a run token carries it, an agent key states it in the body.
 * @throws BoardroomError not_found when the token belongs to another run, invalid_request when a key states no fence
 */
export function executorFence(ctx: Ctx, runId: string, stated: number | undefined): number {
  const { actor } = ctx;
  if (actor.kind === "run") {
    if (actor.runId !== runId) throw new BoardroomError("not_found", "No such run for this run token.");
    if (stated !== undefined && stated !== actor.fence) throw leaseLost();
    return actor.fence;
  }
  if (stated === undefined) {
    throw new BoardroomError("invalid_request", "State the fence of the run, or call with its run token.", [
      { path: "fence", message: "Required with an agent key" },
    ]);
  }
  return stated;
}

export const leaseLost = (details?: unknown) =>
  new BoardroomError("lease_lost", "This run's lease is gone: it ended, expired or was given out again.", details);
