import type { DocumentRevisionListItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { documentWhere } from "./document-where.ts";

/** What a document was, newest first, without the texts. */
export async function listDocumentRevisions(
  ctx: Ctx,
  { id, key, limit, cursor }: InputOf<"documents.revisions">,
): Promise<Page<DocumentRevisionListItem>> {
  const older = olderThan(sql`r.id`, cursor);
  const rows = await ctx.db.rows(
    schema.documentRevisions,
    sql`select r.id, r.company_id, r.document_id, r.revision_number, r.title, r.change_summary, r.restored_from_revision_id,
        r.created_by_agent_id, r.created_by_user_id, r.created_by_name, r.run_id, r.created_at
      from documents d left join document_revisions r on r.company_id = d.company_id and r.document_id = d.id ${older ? sql`and ${older}` : sql``}
      where ${documentWhere(ctx.db.companyId, id, key)} order by r.id desc limit ${limit + 1}`,
  );
  if (rows.length === 0) throw notFound("document");
  return pageOf(
    rows.filter((row) => row.id !== null),
    limit,
    (last) => [last.id],
  );
}
