import type { Routine } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { checkEnvironment } from "../secrets/check-environment.ts";
import { changeRoutine } from "./change-routine.ts";

/**
 * Changes, pauses, resumes or archives a routine; the version before is kept.
 * @throws BoardroomError invalid_reference, unusable_reference, forbidden for what is another agent's
 */
export async function updateRoutine(ctx: Ctx, { id, ...values }: InputOf<"routines.update">): Promise<Routine> {
  await checkEnvironment(ctx, values.env);
  return changeRoutine(ctx, { routineId: id, action: "routine.updated", values });
}
