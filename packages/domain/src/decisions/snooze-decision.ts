import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { instantValue } from "../instant-value.ts";
import { pendingDecisions } from "./pending-decisions.ts";

/**
 * Puts a decision off for the caller alone; null brings it back.
 * @throws BoardroomError not_found for what doesn't wait for anybody
 */
export async function snoozeDecision(
  ctx: Ctx,
  { kind, did, until }: InputOf<"decisions.snooze">,
): Promise<{ snoozedUntil: string | null }> {
  const { companyId } = ctx.db;
  const { rows } = await mutate(ctx, schema.decisionSnoozes, {
    with: {
      snoozed: sql`
        insert into decision_snoozes (company_id, user_id, kind, decision_id, until)
        select ${companyId}::uuid, ${ctx.actor.id}::text, d.kind, d.id, coalesce(${instantValue(until)}, now())
        from (${pendingDecisions(companyId)}) d where d.kind = ${kind}::decision_kind and d.id = ${did}::uuid
        on conflict (company_id, user_id, kind, decision_id) do update set until = excluded.until
        returning *`,
    },
    activity: [
      {
        from: "snoozed",
        action: "decision.snoozed",
        entityType: sql`kind::text`,
        entityId: sql`decision_id`,
        details: sql`jsonb_build_object('until', until)`,
      },
    ],
    select: sql`select * from snoozed`,
  });
  const { until: snoozedUntil } = found(rows[0], "decision");
  return { snoozedUntil: until === null ? null : snoozedUntil };
}
