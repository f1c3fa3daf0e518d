import { type DocumentListItem, documentLimits } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";

/** The documents of an issue by their keys. */
export async function listDocuments(ctx: Ctx, { id: ref }: InputOf<"documents.list">): Promise<DocumentListItem[]> {
  const rows = await ctx.db.rows<typeof schema.documents, { format: "markdown" }>(
    schema.documents,
    sql`select d.id, d.company_id, d.issue_id, d.key, d.title, d.latest_revision_id, d.latest_revision_number, d.created_by_agent_id,
        d.created_by_user_id, d.updated_by_agent_id, d.updated_by_user_id, d.updated_by_name, d.created_at, d.updated_at,
        'markdown'::text as format
      from issues i left join documents d on d.company_id = i.company_id and d.issue_id = i.id
      where ${issueWhere(ctx.db.companyId, ref, "i")} order by d.key limit ${documentLimits.perIssue}`,
  );
  if (rows.length === 0) throw notFound("issue");
  return rows.filter(({ id }) => id !== null);
}
