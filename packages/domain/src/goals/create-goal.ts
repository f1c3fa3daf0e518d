import type { Goal } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { written } from "../written.ts";

/**
 * Writes down a goal.
 * @throws BoardroomError invalid_reference when the parent or the owner is not of this company
 */
export async function createGoal(ctx: Ctx, input: InputOf<"goals.create">): Promise<Goal> {
  const { idempotencyKey: _, ...fields } = input;
  const { rows } = await mutate(ctx, schema.goals, {
    with: {
      created: sql`${insertInto(schema.goals, { companyId: ctx.db.companyId, ...fields })} where ${liveRunGuard(ctx)} returning *`,
    },
    activity: [
      {
        from: "created",
        action: "goal.created",
        entityType: "goal",
        entityId: sql`id`,
        details: sql`jsonb_build_object('title', title, 'level', level)`,
      },
    ],
    select: sql`select * from created`,
  });
  return written(rows[0]);
}
