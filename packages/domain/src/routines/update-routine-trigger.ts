import type { RoutineTrigger } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeTrigger } from "./change-trigger.ts";
import { fromNowOn } from "./from-now-on.ts";
import { shownTrigger } from "./routine-rows.ts";
import { changedTriggerSettings } from "./trigger-settings.ts";

/**
 * Changes a trigger. A schedule that changes looks for its next slot from now on.
 * @throws BoardroomError invalid_request for what its kind doesn't have, forbidden
 */
export async function updateRoutineTrigger(
  ctx: Ctx,
  { id, ...given }: InputOf<"routineTriggers.update">,
): Promise<RoutineTrigger> {
  const { values, kind } = changedTriggerSettings(given);
  const enabled = given.enabled === undefined ? sql`t.enabled` : sql`${given.enabled}::boolean`;
  const timed = kind === "schedule" || given.enabled !== undefined;
  const { routineStatus, readAt, ...trigger } = await changeTrigger(ctx, {
    triggerId: id,
    action: "routine.trigger_updated",
    limits: sql`when ${kind}::text is not null and t.kind::text <> ${kind}::text then 'wrong_kind'`,
    parts: {
      changed: sql`
        update routine_triggers t set ${assign(schema.routineTriggers, {
          ...values,
          ...(timed && {
            isSlot: false,
            nextRunAt: sql`case when t.kind = 'schedule' and ${enabled} and judged.routine_status = 'active' then ${fromNowOn} end`,
          }),
        })} from judged where t.company_id = judged.company_id and t.id = judged.id returning t.*`,
    },
    details: sql`jsonb_build_object('changed', to_jsonb(${textArray(Object.keys(given))}))`,
  });
  return shownTrigger(ctx.ports, trigger, routineStatus, readAt);
}
