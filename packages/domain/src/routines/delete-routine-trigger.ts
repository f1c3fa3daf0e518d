import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeTrigger } from "./change-trigger.ts";

/** Deletes a trigger; what it fired stays in the routine's history. @throws BoardroomError not_found, forbidden */
export async function deleteRoutineTrigger(ctx: Ctx, { id }: InputOf<"routineTriggers.delete">): Promise<void> {
  await changeTrigger(ctx, {
    triggerId: id,
    action: "routine.trigger_deleted",
    parts: {
      changed: sql`
        delete from routine_triggers t using judged where t.company_id = judged.company_id and t.id = judged.id returning t.*`,
    },
  });
}
