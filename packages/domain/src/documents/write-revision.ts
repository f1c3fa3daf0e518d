import { BoardroomError, type DocumentRevision, documentLimits, type IssueDocument } from "@boardroom/contract";
import { isoText, mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found, notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";
import { documentFormat } from "./document-where.ts";
import { notYours, worksElsewhere } from "./who-writes.ts";

/** What a revision says; expressions over the document `d` as it was and the revision `r` that is restored. */
export interface RevisionDraft {
  title: SQL;
  body: SQL;
  changeSummary: string | null;
  restoredFrom: string | null;
  /** Whether the writer has seen what stands there. */
  isBase: SQL;
}

type Refusal = "lease_lost" | "not_yours" | "no_revision" | "same" | "stale" | "too_many" | "too_often";
interface Extras {
  format: "markdown";
  refusal: Refusal | null;
  current: DocumentRevision | null;
}

/** Adds a revision to a document, which is made when it isn't there. Writers of one issue go one after the other. */
export async function writeRevision(
  ctx: Ctx,
  ref: string,
  key: string,
  { title, body, changeSummary, restoredFrom, isBase }: RevisionDraft,
): Promise<IssueDocument> {
  const { actor, db } = ctx;
  const by = sql`${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text`;
  const byName = sql`${actor.name ?? actor.id}::text`;
  const { rows } = await mutate<typeof schema.documents, Extras>(ctx, schema.documents, {
    before: lockIssue(db.companyId, ref),
    with: {
      draft: sql`
        select i.company_id, i.id as issue_id, i.identifier, i.title as issue_title, i.assignee_agent_id, d.id as document_id,
          d.latest_revision_id, coalesce(d.latest_revision_number, 0) as last_number, uuidv7() as revision_id, ${title} as title,
          ${body} as body, d.title as old_title, d.body as old_body, ${isBase} as is_base
        from issues i left join documents d on d.company_id = i.company_id and d.issue_id = i.id and d.key = ${key}::text
          left join document_revisions r on r.company_id = d.company_id and r.document_id = d.id and r.id = ${restoredFrom}::uuid
        where ${issueWhere(db.companyId, ref, "i")}`,
      judged: sql`
        select i.*, case when not ${liveRunGuard(ctx)} then 'lease_lost' ${worksElsewhere(actor)}
            when body is null then 'no_revision'
            when old_body = body and old_title = title then 'same'
            when not is_base then 'stale'
            when document_id is null and (select count(*) from documents o where o.company_id = i.company_id and o.issue_id = i.issue_id)
              >= ${documentLimits.perIssue} then 'too_many'
            when last_number >= ${documentLimits.revisions} then 'too_often' end as refusal
        from draft i`,
      made: sql`
        insert into documents (company_id, issue_id, key, title, body, latest_revision_id, latest_revision_number, created_by_agent_id,
          created_by_user_id, updated_by_agent_id, updated_by_user_id, updated_by_name)
        select company_id, issue_id, ${key}::text, title, body, revision_id, 1, ${by}, ${by}, ${byName}
        from judged where refusal is null and document_id is null returning *`,
      changed: sql`
        update documents d set title = j.title, body = j.body, latest_revision_id = j.revision_id, latest_revision_number = j.last_number + 1,
          updated_by_agent_id = ${actor.agentId}::uuid, updated_by_user_id = ${actor.type === "user" ? actor.id : null}::text,
          updated_by_name = ${byName}, updated_at = now()
        from judged j where j.refusal is null and d.company_id = j.company_id and d.id = j.document_id returning d.*`,
      written: sql`select * from made union all select * from changed`,
      revised: sql`
        insert into document_revisions (company_id, id, document_id, revision_number, title, body, change_summary, restored_from_revision_id,
          created_by_agent_id, created_by_user_id, created_by_name, run_id)
        select company_id, latest_revision_id, id, latest_revision_number, title, body, ${changeSummary}::text, ${restoredFrom}::uuid,
          ${by}, ${byName}, ${actor.runId}::uuid
        from written`,
      touched: sql`
        update issues i set updated_at = now() from written w where i.company_id = w.company_id and i.id = w.issue_id`,
    },
    activity: [
      {
        from: "written",
        action: sql`case when latest_revision_number = 1 then 'issue.document_added' else 'issue.document_updated' end`,
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', (select identifier from judged), 'title', (select issue_title from judged), 'key', key,
          'document', title, 'revisionId', latest_revision_id, 'revisionNumber', latest_revision_number, 'restored', ${restoredFrom !== null}::boolean)`,
      },
    ],
    select: sql`
      select shown.*, ${documentFormat}, j.refusal, ${currentRevision} as current
      from judged j left join (
        select * from written union all
        select d.* from documents d join judged same on same.refusal = 'same' and d.company_id = same.company_id and d.id = same.document_id
      ) shown on true`,
  });
  const { refusal, current, ...document } = found(rows[0], "issue");
  if (refusal && refusal !== "same") throw refused(refusal, current);
  return document;
}

/** What stands there instead of what the writer saw. */
const currentRevision = sql`(
  select jsonb_build_object('id', r.id, 'companyId', r.company_id, 'documentId', r.document_id, 'revisionNumber', r.revision_number,
    'title', r.title, 'body', r.body, 'changeSummary', r.change_summary, 'restoredFromRevisionId', r.restored_from_revision_id,
    'createdByAgentId', r.created_by_agent_id, 'createdByUserId', r.created_by_user_id, 'createdByName', r.created_by_name,
    'runId', r.run_id, 'createdAt', ${isoText(sql`r.created_at`)})
  from document_revisions r where j.refusal = 'stale' and r.company_id = j.company_id and r.id = j.latest_revision_id)`;

function refused(refusal: Exclude<Refusal, "same">, currentRevision: DocumentRevision | null): BoardroomError {
  switch (refusal) {
    case "lease_lost":
      return leaseLost();
    case "not_yours":
      return notYours();
    case "no_revision":
      return notFound("revision");
    case "stale": {
      const what = currentRevision
        ? `${currentRevision.createdByName} wrote this document since the revision that you changed.`
        : "This document was deleted since the revision that you changed.";
      return new BoardroomError("stale_state", `${what} Nothing was saved.`, { currentRevision });
    }
    case "too_many":
      return new BoardroomError("conflict", `An issue has at most ${documentLimits.perIssue} documents.`);
    case "too_often":
      return new BoardroomError("conflict", `A document has at most ${documentLimits.revisions} revisions.`);
  }
}
