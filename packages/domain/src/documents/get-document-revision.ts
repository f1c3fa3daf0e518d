import type { DocumentRevision } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { documentWhere } from "./document-where.ts";

/** One revision with its text. */
export async function getDocumentRevision(
  ctx: Ctx,
  { id, key, rid }: InputOf<"documents.getRevision">,
): Promise<DocumentRevision> {
  const [revision] = await ctx.db.rows(
    schema.documentRevisions,
    sql`select r.* from documents d join document_revisions r on r.company_id = d.company_id and r.document_id = d.id and r.id = ${rid}::uuid
      where ${documentWhere(ctx.db.companyId, id, key)}`,
  );
  return found(revision, "revision");
}
