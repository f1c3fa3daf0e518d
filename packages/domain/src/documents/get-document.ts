import type { IssueDocument } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { documentFormat, documentWhere } from "./document-where.ts";

/** One document with its text. */
export async function getDocument(ctx: Ctx, { id, key }: InputOf<"documents.get">): Promise<IssueDocument> {
  const [document] = await ctx.db.rows<typeof schema.documents, { format: "markdown" }>(
    schema.documents,
    sql`select d.*, ${documentFormat} from documents d where ${documentWhere(ctx.db.companyId, id, key)}`,
  );
  return found(document, "document");
}
