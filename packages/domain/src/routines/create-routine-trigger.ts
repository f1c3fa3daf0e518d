import type { CreatedRoutineTrigger, RoutineStatus } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { maxTriggers } from "./limits.ts";
import { lockRoutine, notYours } from "./own-routine.ts";
import { type Refusal, refused } from "./refusals.ts";
import { readAt, shownTrigger, webhookUrl } from "./routine-rows.ts";
import { makeTriggerSecret } from "./trigger-secret.ts";
import { newTriggerSettings } from "./trigger-settings.ts";

interface Extras {
  refusal: Refusal | null;
  routineStatus: RoutineStatus;
  readAt: string;
}

/**
 * Lets something fire a routine. A webhook's secret is answered this once; a retry with the same key gets null.
 * @throws BoardroomError invalid_request with what is wrong with the settings, forbidden, conflict for too many of them
 */
export async function createRoutineTrigger(
  ctx: Ctx,
  { id, kind, idempotencyKey: _, ...given }: InputOf<"routines.createTrigger">,
): Promise<CreatedRoutineTrigger> {
  const { companyId } = ctx.db;
  const settings = newTriggerSettings(kind, given);
  const secret = kind === "webhook" ? await makeTriggerSecret(ctx) : null;
  const publicId = secret && crypto.randomUUID().replaceAll("-", "");
  const { rows, replayed } = await mutate<typeof schema.routineTriggers, Extras>(ctx, schema.routineTriggers, {
    // Two at once count each other, and neither misses that the routine was paused.
    before: lockRoutine(companyId, id),
    with: {
      routine: sql`
        select r.company_id, r.id, r.title, r.status, case
            when not ${liveRunGuard(ctx)} then 'lease_lost'
            ${notYours(ctx.actor, sql`r.assignee_agent_id`)}
            when r.status = 'archived' then 'routine_archived'
            when (select count(*) from routine_triggers t where t.company_id = r.company_id and t.routine_id = r.id) >= ${maxTriggers}
              then 'too_many_triggers'
          end as refusal
        from routines r where r.company_id = ${companyId}::uuid and r.id = ${id}::uuid`,
      created: sql`
        ${insertInto(schema.routineTriggers, {
          ...settings,
          companyId: sql`routine.company_id`,
          routineId: sql`routine.id`,
          publicId,
          nextRunAt: sql`case when ${kind === "schedule" && settings.enabled === true}::boolean and routine.status = 'active' then now() end`,
        })} from routine where refusal is null returning *`,
      secured: sql`
        insert into routine_trigger_secrets (company_id, trigger_id, sealed)
        select company_id, id, ${secret?.sealed ?? null}::text from created where kind = 'webhook'`,
    },
    activity: [
      {
        from: "created",
        action: "routine.trigger_created",
        entityType: "routine",
        entityId: sql`routine_id`,
        details: sql`jsonb_build_object('title', (select title from routine), 'triggerId', id, 'kind', kind, 'label', label,
          'cronExpression', cron_expression, 'timezone', timezone)`,
      },
    ],
    select: sql`
      select created.*, routine.refusal, routine.status as routine_status, ${readAt} from routine left join created on true`,
  });
  const { refusal, routineStatus, readAt: now, ...trigger } = found(rows[0], "routine");
  if (refusal) throw refused(refusal);
  return {
    trigger: shownTrigger(ctx.ports, trigger, routineStatus, now),
    secretMaterial:
      secret && publicId && !replayed
        ? { webhookUrl: webhookUrl(ctx.ports, publicId), webhookSecret: secret.plain }
        : null,
  };
}
