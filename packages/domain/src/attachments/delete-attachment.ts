import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";

/**
 * Deletes a file: an agent its own, a person any.
 * @throws BoardroomError forbidden for an agent that didn't attach it
 */
export async function deleteAttachment(ctx: Ctx, { id }: InputOf<"attachments.delete">): Promise<void> {
  const { actor, db } = ctx;
  const { rows } = await mutate<typeof schema.attachments, { isLive: boolean; isTheirs: boolean }>(
    ctx,
    schema.attachments,
    {
      with: {
        target: sql`
          select a.company_id, a.id, ${liveRunGuard(ctx)} as is_live,
            coalesce(${actor.agentId}::uuid is null or a.created_by_agent_id = ${actor.agentId}::uuid, false) as is_theirs
          from attachments a where a.company_id = ${db.companyId}::uuid and a.id = ${id}::uuid`,
        deleted: sql`
          delete from attachments a using target t where t.is_live and t.is_theirs and a.company_id = t.company_id and a.id = t.id returning a.*`,
        orphaned: sql`
          update attachment_objects o set orphan_at = now() from deleted d where o.company_id = d.company_id and o.id = d.id`,
      },
      activity: [
        {
          from: "deleted",
          action: "issue.attachment_deleted",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('attachmentId', id, 'fileName', original_filename, 'identifier', (
            select i.identifier from issues i where i.company_id = deleted.company_id and i.id = deleted.issue_id))`,
        },
      ],
      select: sql`select id, is_live, is_theirs from target`,
    },
  );
  const { isLive, isTheirs } = found(rows[0], "file");
  if (!isLive) throw leaseLost();
  if (!isTheirs) throw new BoardroomError("forbidden", "An agent deletes only files that it attached itself.");
  ctx.ports.removeObject(db.companyId, id);
}
