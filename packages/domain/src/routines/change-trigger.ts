import type { RoutineStatus } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { lockRoutine, notYours } from "./own-routine.ts";
import { type Refusal, refused } from "./refusals.ts";
import { readAt } from "./routine-rows.ts";

export interface TriggerChange {
  triggerId: string;
  action: string;
  /** Branches of a `case` over the aliases `t` and `r` that name why it may not be. */
  limits?: SQL;
  /** The CTEs of the change: `changed` is the trigger afterwards. They find it as `judged`, which is empty when refused. */
  parts: Record<"changed", SQL> & Record<string, SQL>;
  details?: SQL;
}
interface Extras {
  refusal: Refusal | null;
  routineStatus: RoutineStatus;
  readAt: string;
}
export type ChangedTrigger = Row<typeof schema.routineTriggers, Omit<Extras, "refusal">>;

/** Changes one trigger under the lock of its routine, so that no fire overlaps it. */
export async function changeTrigger(
  ctx: Ctx,
  { triggerId, action, limits, parts, details = sql`'{}'::jsonb` }: TriggerChange,
): Promise<ChangedTrigger> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.routineTriggers, Extras>(ctx, schema.routineTriggers, {
    before: lockRoutine(
      companyId,
      sql`(select t.routine_id from routine_triggers t where t.company_id = ${companyId}::uuid and t.id = ${triggerId}::uuid)`,
    ),
    with: {
      target: sql`
        select t.*, r.title as routine_title, r.status as routine_status, case
            when not ${liveRunGuard(ctx)} then 'lease_lost'
            ${notYours(ctx.actor, sql`r.assignee_agent_id`)} ${limits ?? sql``}
            when false then ''
          end as refusal
        from routine_triggers t join routines r on r.company_id = t.company_id and r.id = t.routine_id
        where t.company_id = ${companyId}::uuid and t.id = ${triggerId}::uuid`,
      judged: sql`select * from target where refusal is null`,
      ...parts,
    },
    activity: [
      {
        from: "changed",
        action,
        entityType: "routine",
        entityId: sql`routine_id`,
        details: sql`jsonb_build_object('title', (select routine_title from target), 'triggerId', id, 'kind', kind, 'label', label) || ${details}`,
      },
    ],
    select: sql`
      select changed.*, target.refusal, target.routine_status, ${readAt} from target left join changed on true`,
  });
  const { refusal, ...trigger } = found(rows[0], "trigger");
  if (refusal) throw refused(refusal);
  return trigger;
}
