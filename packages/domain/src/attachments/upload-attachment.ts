import { type Attachment, BoardroomError } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { issueWhere } from "../issues/internal.ts";
import { hideValues } from "../secrets/hide-values.ts";
import { cleanFileName } from "./clean-file-name.ts";
import { inspectUpload, tooLarge } from "./inspect-upload.ts";
import { keepAttachment } from "./keep-attachment.ts";
import { attachmentKey, attachmentsPerIssue, uploadMinutes } from "./limits.ts";
import { refuseSecrets } from "./refuse-secrets.ts";

export interface Upload {
  /** The issue, by id or identifier. */
  id: string;
  /** As it was sent. */
  fileName: string;
  body: ReadableStream<Uint8Array>;
  /** What the sender says that its length is; only ever used to refuse it early. */
  statedBytes: number | null;
  /** Under which the same file again answers the first result. */
  idempotencyKey?: string | null;
}

const operation = "attachments.upload";

interface Begun {
  id: string | null;
  max_bytes: string;
  refusal: "lease_lost" | "archived" | "too_many" | null;
}

/**
 * Attaches a file to an issue as it comes in: nothing holds all of it, and what is refused on the way leaves nothing behind. What
 * a Worker that died leaves, the tick removes.
 * @throws BoardroomError forbidden for one that holds a secret of the calling run, payload_too_large, unsupported_media_type, invalid_request for an empty one, conflict for too many
 */
export async function uploadAttachment(ctx: Ctx, { id: ref, body, ...upload }: Upload): Promise<Attachment> {
  const { companyId } = ctx.db;
  const begun = await begin(ctx, ref, upload.statedBytes);
  const hidden = ctx.hidden ?? [];
  const fileName = cleanFileName(hideValues(upload.fileName, hidden));
  const inspector = inspectUpload(fileName, Number(begun.max_bytes));
  const inspectors = hidden.length === 0 ? [inspector] : [inspector, refuseSecrets(hidden)];
  try {
    const stored = await ctx.ports.objects.store(attachmentKey(companyId, begun.id), body, inspectors);
    const bodyHash = [ref, fileName, stored.sha256].join("/");
    const idempotency = upload.idempotencyKey ? { key: upload.idempotencyKey, operation, bodyHash } : null;
    const file = { id: begun.id, fileName, contentType: inspector.contentType, ...stored };
    const kept = await keepAttachment({ ...ctx, idempotency }, ref, file);
    if (kept.id !== begun.id) ctx.ports.removeObject(companyId, begun.id);
    return kept;
  } catch (error) {
    ctx.ports.removeObject(companyId, begun.id);
    throw error;
  }
}

/** Notes the object that is about to be, so that it is found again whatever happens. */
async function begin(ctx: Ctx, ref: string, statedBytes: number | null): Promise<Begun & { id: string }> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.raw<Begun>(sql`
    with judged as (
      select i.company_id, c.attachment_max_bytes::text as max_bytes, case when not ${liveRunGuard(ctx)} then 'lease_lost'
          when c.status = 'archived' then 'archived'
          when (select count(*) from attachments a where a.company_id = i.company_id and a.issue_id = i.id) >= ${attachmentsPerIssue} then 'too_many'
        end as refusal
      from issues i join companies c on c.id = i.company_id where ${issueWhere(companyId, ref, "i")}),
    begun as (
      insert into attachment_objects (company_id, orphan_at)
      select company_id, now() + make_interval(mins => ${uploadMinutes}) from judged
      where refusal is null and ${statedBytes ?? 0}::bigint <= max_bytes::bigint returning id)
    select begun.id, judged.max_bytes, judged.refusal from judged left join begun on true`);
  const { id, ...begun } = found(row, "issue");
  if (begun.refusal === "lease_lost") throw leaseLost();
  if (begun.refusal === "archived")
    throw new BoardroomError("company_not_active", "The company is archived: nothing can be added to it.");
  if (begun.refusal === "too_many")
    throw new BoardroomError("conflict", `An issue has at most ${attachmentsPerIssue} files.`);
  if (id === null) throw tooLarge(Number(begun.max_bytes));
  return { ...begun, id };
}
