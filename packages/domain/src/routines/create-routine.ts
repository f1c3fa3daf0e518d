import type { Routine } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { checkEnvironment } from "../secrets/check-environment.ts";
import { notYours } from "./own-routine.ts";
import { type Refusal, refused } from "./refusals.ts";
import { type RoutineExtras, readAt, shownRoutine } from "./routine-rows.ts";

/**
 * Sets up work that comes again. What an agent sets up is for itself.
 * @throws BoardroomError invalid_reference, unusable_reference for an assignee that was terminated, forbidden, company_not_active
 */
export async function createRoutine(ctx: Ctx, input: InputOf<"routines.create">): Promise<Routine> {
  const { actor } = ctx;
  const { idempotencyKey: _, assigneeAgentId = actor.agentId, ...fields } = input;
  await checkEnvironment(ctx, fields.env);
  const { rows } = await mutate<typeof schema.routines, RoutineExtras & { refusal: Refusal | null }>(
    ctx,
    schema.routines,
    {
      with: {
        asked: sql`
          select c.id as company_id, case
              when not ${liveRunGuard(ctx)} then 'lease_lost'
              when c.status = 'archived' then 'company_archived'
              when ${assigneeAgentId}::uuid is not null and a.id is null then 'no_assignee'
              ${notYours(actor, sql`${assigneeAgentId}::uuid`)}
              when a.status = 'terminated' then 'assignee_terminated'
            end as refusal
          from companies c left join agents a on a.company_id = c.id and a.id = ${assigneeAgentId}::uuid
          where c.id = ${ctx.db.companyId}::uuid`,
        created: sql`
          ${insertInto(schema.routines, {
            ...fields,
            companyId: sql`asked.company_id`,
            assigneeAgentId,
            createdByAgentId: actor.agentId,
            createdByUserId: actor.type === "user" ? actor.id : null,
          })} from asked where refusal is null returning *`,
      },
      activity: [
        {
          from: "created",
          action: "routine.created",
          entityType: "routine",
          entityId: sql`id`,
          details: sql`jsonb_build_object('title', title, 'status', status, 'assigneeAgentId', assignee_agent_id)`,
        },
      ],
      select: sql`
        select created.*, asked.refusal, ${readAt}, '[]'::jsonb as triggers, null::jsonb as last_run
        from asked left join created on true`,
    },
  );
  const { refusal, ...routine } = found(rows[0], "company");
  if (refusal) throw refused(refusal);
  return shownRoutine(ctx.ports, routine);
}
