import type { RoutineRun } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { fireRoutine, shownFire } from "./fire-routine.ts";

/**
 * Fires a routine now, by hand or through one of its API triggers. The board may fire one that is paused, to try it out.
 * @throws BoardroomError invalid_request for missing or unknown variables, forbidden, conflict, company_not_active, rate_limited
 */
export async function runRoutine(
  ctx: Ctx,
  { id, variables = {}, triggerId }: InputOf<"routines.run">,
): Promise<RoutineRun> {
  const fired = await fireRoutine(ctx, {
    routineId: id,
    triggerId: triggerId ?? null,
    source: triggerId === undefined ? "manual" : "api",
    variables,
    payload: null,
    slot: null,
    nonces: null,
  });
  return shownFire(fired);
}
