import { BoardroomError, type Goal } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { isInCharge, notInCharge } from "../agents/in-charge.ts";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";

/**
 * Changes a goal.
 * @throws BoardroomError forbidden for an agent that isn't in charge of it, unusable_reference when the parent stands below the goal itself, invalid_reference when it is not of this company
 */
export async function updateGoal(ctx: Ctx, { id, ...fields }: InputOf<"goals.update">): Promise<Goal> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.goals, { isLive: boolean; mayChange: boolean; closesCircle: boolean }>(
    ctx,
    schema.goals,
    {
      ...(fields.parentId && { before: lockTree(companyId, "goals") }),
      with: {
        target: sql`
        with recursive line as (
          select id, parent_id from goals where company_id = ${companyId}::uuid and id = ${fields.parentId ?? null}::uuid
          union
          select g.id, g.parent_id from goals g join line on g.company_id = ${companyId}::uuid and g.id = line.parent_id)
        select id as target_id, ${liveRunGuard(ctx)} as is_live, ${isInCharge(ctx, companyId, sql`owner_agent_id`)} as may_change, id in (select id from line) as closes_circle
        from goals where company_id = ${companyId}::uuid and id = ${id}::uuid`,
        changed: sql`
        update goals g set ${assign(schema.goals, fields)} from target
        where g.company_id = ${companyId}::uuid and g.id = target.target_id and target.is_live and target.may_change and not target.closes_circle
        returning g.*`,
      },
      activity: [
        {
          from: "changed",
          action: "goal.updated",
          entityType: "goal",
          entityId: sql`id`,
          details: sql`jsonb_build_object('title', title, 'status', status, 'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
        },
      ],
      select: sql`select changed.*, target.is_live, target.may_change, target.closes_circle from target left join changed on true`,
    },
  );
  const goal = found(rows[0], "goal");
  if (!goal.isLive) throw leaseLost();
  if (!goal.mayChange) throw notInCharge("goal");
  if (goal.closesCircle) throw new BoardroomError("unusable_reference", "A goal can't stand below itself.");
  return goal;
}
