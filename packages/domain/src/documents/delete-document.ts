import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { lockIssue } from "../issues/internal.ts";
import { documentWhere } from "./document-where.ts";
import { notYours, worksElsewhere } from "./who-writes.ts";

/**
 * Deletes a document with all its revisions.
 * @throws BoardroomError forbidden for an agent that doesn't work on the issue
 */
export async function deleteDocument(ctx: Ctx, { id, key }: InputOf<"documents.delete">): Promise<void> {
  const { rows } = await mutate<typeof schema.documents, { refusal: "lease_lost" | "not_yours" | null }>(
    ctx,
    schema.documents,
    {
      before: lockIssue(ctx.db.companyId, id),
      with: {
        judged: sql`
          select d.company_id, d.id, i.identifier, i.title as issue_title,
            case when not ${liveRunGuard(ctx)} then 'lease_lost' ${worksElsewhere(ctx.actor)} end as refusal
          from documents d join issues i on i.company_id = d.company_id and i.id = d.issue_id
          where ${documentWhere(ctx.db.companyId, id, key)}`,
        deleted: sql`
          delete from documents d using judged j where j.refusal is null and d.company_id = j.company_id and d.id = j.id
          returning d.*, j.identifier, j.issue_title`,
      },
      activity: [
        {
          from: "deleted",
          action: "issue.document_deleted",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', identifier, 'title', issue_title, 'key', key, 'document', title,
            'revisionNumber', latest_revision_number)`,
        },
      ],
      select: sql`select id, refusal from judged`,
    },
  );
  const { refusal } = found(rows[0], "document");
  if (refusal === "lease_lost") throw leaseLost();
  if (refusal) throw notYours();
}
