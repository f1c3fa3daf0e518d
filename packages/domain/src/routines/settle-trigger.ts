import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { DueTrigger } from "./list-due-triggers.ts";
import type { SlotPlan } from "./plan-slots.ts";

/**
 * Sets a trigger to its next slot without firing, and leaves one entry for all slots that it passed over.
 * @returns false when somebody else has set it meanwhile
 */
export async function settleTrigger(
  ctx: Ctx,
  { triggerId, expected, pending }: DueTrigger,
  { fire, missed, next }: SlotPlan,
): Promise<boolean> {
  const slot = fire[0] ?? next;
  const { rows } = await mutate<typeof schema.routineTriggers>(ctx, schema.routineTriggers, {
    with: {
      settled: sql`
        update routine_triggers t set next_run_at = ${slot?.toISOString() ?? null}::timestamptz, is_slot = true
        where t.company_id = ${ctx.db.companyId}::uuid and t.id = ${triggerId}::uuid
          and t.next_run_at = ${expected}::timestamptz and t.is_slot = ${pending.isSlot}::boolean
        returning t.*`,
      missed: sql`
        insert into routine_runs (company_id, routine_id, trigger_id, source, status, reason, scheduled_for, missed_count)
        select company_id, routine_id, id, 'schedule', 'skipped', 'missed_slots', ${missed?.first.toISOString() ?? null}::timestamptz, ${missed?.count ?? 0}::int
        from settled where ${missed !== null}::boolean returning *`,
    },
    activity: [
      {
        from: "missed",
        action: "routine.slots_missed",
        entityType: "routine",
        entityId: sql`routine_id`,
        details: sql`jsonb_build_object('title', (select r.title from routines r where r.company_id = missed.company_id and r.id = missed.routine_id),
          'routineRunId', id, 'triggerId', trigger_id, 'scheduledFor', scheduled_for, 'missedCount', missed_count)`,
      },
    ],
    select: sql`select * from settled`,
  });
  return rows.length > 0;
}
