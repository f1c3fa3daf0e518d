import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Deletes a milestone; its issues stay in the project without one, and their history says so. */
export async function deleteMilestone(ctx: Ctx, { id }: InputOf<"milestones.delete">): Promise<void> {
  const { companyId } = ctx.db;
  const itself = sql`company_id = ${companyId}::uuid and id = ${id}::uuid`;
  const itsIssues = sql`i.company_id = ${companyId}::uuid and i.milestone_id = ${id}::uuid
    and i.project_id = (select project_id from milestones where ${itself})`;
  const { rows } = await mutate(ctx, schema.milestones, {
    // Issues before what they refer to, as every change of an issue takes them. Who comes later finds no milestone.
    before: [
      sql`select 1 from issues i where ${itsIssues} order by i.id for no key update`,
      sql`select 1 from milestones where ${itself} for update`,
    ],
    with: {
      cleared: sql`
        update issues i set milestone_id = null, updated_at = now() where ${itsIssues} returning i.id, i.identifier, i.title, i.status`,
      deleted: sql`delete from milestones where ${itself} returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "milestone.deleted",
        entityType: "milestone",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'projectId', project_id, 'issues', (select count(*) from cleared))`,
      },
      {
        from: "cleared",
        action: "issue.updated",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status,
          'changes', jsonb_build_object('milestoneId', jsonb_build_object('from', ${id}::text, 'to', null)))`,
      },
    ],
    select: sql`select * from deleted`,
  });
  found(rows[0], "milestone");
}
