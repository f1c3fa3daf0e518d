import type { Milestone } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { isInCharge, notInCharge } from "../agents/in-charge.ts";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { type MilestoneCounts, milestoneCounts } from "./milestone-counts.ts";

interface Extras extends MilestoneCounts {
  isLive: boolean;
  mayChange: boolean;
}

/**
 * Changes a milestone.
 * @throws BoardroomError already_exists when its project has another one of this name, forbidden for an agent that isn't the project's lead, or above it
 */
export async function updateMilestone(ctx: Ctx, input: InputOf<"milestones.update">): Promise<Milestone> {
  const { companyId } = ctx.db;
  const { id, ...fields } = input;
  const { rows } = await mutate<typeof schema.milestones, Extras>(ctx, schema.milestones, {
    with: {
      target: sql`
        select m.company_id, m.project_id, m.id, ${liveRunGuard(ctx)} as is_live, ${isInCharge(ctx, companyId, sql`p.lead_agent_id`)} as may_change
        from milestones m join projects p on p.company_id = m.company_id and p.id = m.project_id
        where m.company_id = ${companyId}::uuid and m.id = ${id}::uuid`,
      changed: sql`
        update milestones m set ${assign(schema.milestones, fields)} from target
        where m.company_id = ${companyId}::uuid and m.id = target.id and target.is_live and target.may_change returning m.*`,
    },
    activity: [
      {
        from: "changed",
        action: "milestone.updated",
        entityType: "milestone",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'projectId', project_id, 'targetDate', target_date,
          'changed', to_jsonb(${textArray(Object.keys(fields))}))`,
      },
    ],
    select: sql`
      select changed.*, target.is_live, target.may_change, counts.*
      from target left join changed on true cross join ${milestoneCounts("target")}`,
  });
  const milestone = found(rows[0], "milestone");
  if (!milestone.isLive) throw leaseLost();
  if (!milestone.mayChange) throw notInCharge("project");
  return milestone;
}
