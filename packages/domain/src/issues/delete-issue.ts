import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { causeParts, queuedRunIds } from "./cause-parts.ts";
import { issueWhere } from "./internal.ts";
import { blockersResolved } from "./wake-causes.ts";

interface Extras {
  obstacle: string | null;
  queuedRunIds: string[] | null;
}

/**
 * Deletes an issue that nothing came of; its comments go with it. Who waited only for it is woken.
 * @throws BoardroomError conflict when it has sub-issues, costs or runs
 */
export async function deleteIssue(ctx: Ctx, { id: ref }: InputOf<"issues.delete">): Promise<void> {
  const { rows } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    before: lockTree(ctx.db.companyId, "issues"),
    with: {
      locked: sql`
        select i.*, case
            when exists (select 1 from issues p where p.company_id = i.company_id and p.parent_id = i.id) then 'sub-issues'
            when exists (select 1 from cost_events e where e.company_id = i.company_id and e.issue_id = i.id) then 'costs'
            when exists (select 1 from heartbeat_runs r where r.company_id = i.company_id and r.issue_id = i.id) then 'runs'
          end as obstacle
        from issues i where ${issueWhere(ctx.db.companyId, ref, "i")} for update`,
      deleted: sql`
        delete from issues i using locked l
        where i.company_id = l.company_id and i.id = l.id and l.obstacle is null returning i.*`,
      orphaned: sql`
        update attachment_objects o set orphan_at = now() from deleted d join attachments a on a.company_id = d.company_id and a.issue_id = d.id
        where o.company_id = a.company_id and o.id = a.id`,
      ...causeParts(ctx, [blockersResolved(sql`from (select deleted.*, status <> 'done' as was_open from deleted) e`)]),
    },
    activity: [
      {
        from: "deleted",
        action: "issue.deleted",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title)`,
      },
    ],
    select: sql`select *, ${queuedRunIds} from locked`,
  });
  const { obstacle, queuedRunIds: runIds } = found(rows[0], "issue");
  if (obstacle) throw new BoardroomError("conflict", `This issue has ${obstacle}. Cancel it instead of deleting it.`);
  ctx.ports.dispatch((runIds ?? []).map((runId) => ({ companyId: ctx.db.companyId, runId })));
}
