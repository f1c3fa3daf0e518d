import { type Attachment, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { issueWhere } from "../issues/internal.ts";
import type { StoredObject } from "../ports.ts";
import { contentPath } from "./limits.ts";

interface Kept extends StoredObject {
  id: string;
  fileName: string;
  contentType: string;
}

/** Makes an object that lies in storage a file of an issue. An hour after it was begun it is the tick's. */
export async function keepAttachment(ctx: Ctx, ref: string, file: Kept): Promise<Attachment> {
  const { actor, db } = ctx;
  const { rows } = await mutate<typeof schema.attachments, { isLive: boolean; isThere: boolean }>(
    ctx,
    schema.attachments,
    {
      with: {
        issue: sql`select company_id, id as issue_id, identifier, title as issue_title, ${liveRunGuard(ctx)} as is_live
          from issues where ${issueWhere(db.companyId, ref)} for key share`,
        object: sql`
          update attachment_objects o set orphan_at = null from issue
          where issue.is_live and o.company_id = issue.company_id and o.id = ${file.id}::uuid and o.orphan_at > now() + interval '1 minute'
          returning o.id`,
        kept: sql`
          insert into attachments (company_id, id, issue_id, original_filename, content_type, byte_size, sha256, created_by_agent_id,
            created_by_user_id, created_by_name, run_id)
          select issue.company_id, object.id, issue.issue_id, ${file.fileName}::text, ${file.contentType}::text, ${file.byteLength}::bigint,
            ${file.sha256}::text, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text, ${actor.name ?? actor.id}::text,
            ${actor.runId}::uuid
          from issue, object returning *`,
        touched: sql`
          update issues i set updated_at = now() from kept where i.company_id = kept.company_id and i.id = kept.issue_id`,
      },
      activity: [
        {
          from: "kept",
          action: "issue.attachment_added",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', (select identifier from issue), 'title', (select issue_title from issue),
            'attachmentId', id, 'fileName', original_filename, 'byteSize', byte_size, 'contentType', content_type)`,
        },
      ],
      select: sql`select kept.*, issue.is_live, kept.id is not null as is_there from issue left join kept on true`,
    },
  );
  const { isLive, isThere, ...kept } = found(rows[0], "issue");
  if (!isLive) throw leaseLost();
  if (!isThere) throw new BoardroomError("conflict", "This upload took too long. Try again.");
  return { ...kept, contentPath: contentPath(kept.id) };
}
