import type { Milestone } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { isInCharge, notInCharge } from "../agents/in-charge.ts";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import type { MilestoneCounts } from "./milestone-counts.ts";

interface Extras extends MilestoneCounts {
  isLive: boolean;
  mayChange: boolean;
}

/**
 * Sets a milestone of a project.
 * @throws BoardroomError already_exists when the project has one of this name, forbidden for an agent that isn't the project's lead, or above it
 */
export async function createMilestone(ctx: Ctx, input: InputOf<"milestones.create">): Promise<Milestone> {
  const { companyId } = ctx.db;
  const { id, idempotencyKey: _, ...fields } = input;
  const values = { companyId, projectId: sql`asked.id`, ...fields };
  const { rows } = await mutate<typeof schema.milestones, Extras>(ctx, schema.milestones, {
    with: {
      asked: sql`
        select p.id, ${liveRunGuard(ctx)} as is_live, ${isInCharge(ctx, companyId, sql`p.lead_agent_id`)} as may_change
        from projects p where p.company_id = ${companyId}::uuid and p.id = ${id}::uuid`,
      created: sql`${insertInto(schema.milestones, values)} from asked where asked.is_live and asked.may_change returning *`,
    },
    activity: [
      {
        from: "created",
        action: "milestone.created",
        entityType: "milestone",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'projectId', project_id, 'targetDate', target_date)`,
      },
    ],
    select: sql`
      select created.*, asked.is_live, asked.may_change, 0 as issue_count, 0 as done_count from asked left join created on true`,
  });
  const milestone = found(rows[0], "project");
  if (!milestone.isLive) throw leaseLost();
  if (!milestone.mayChange) throw notInCharge("project");
  return milestone;
}
