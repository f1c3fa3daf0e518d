import type { Routine } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeRoutine } from "./change-routine.ts";

/**
 * Changes, pauses, resumes or archives a routine; the version before is kept.
 * @throws BoardroomError invalid_reference, unusable_reference, forbidden for what is another agent's
 */
export const updateRoutine = (ctx: Ctx, { id, ...values }: InputOf<"routines.update">): Promise<Routine> =>
  changeRoutine(ctx, { routineId: id, action: "routine.updated", values });
