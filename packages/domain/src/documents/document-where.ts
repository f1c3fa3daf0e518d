import { type SQL, sql } from "drizzle-orm";
import { issueId } from "../issues/internal.ts";

/** Finds a document `d` of the company by its issue and key. */
export const documentWhere = (companyId: string, ref: string, key: string): SQL =>
  sql`d.company_id = ${companyId}::uuid and d.issue_id = ${issueId(companyId, ref)} and d.key = ${key}::text`;

/** The one way in which documents are written. */
export const documentFormat = sql`'markdown'::text as format`;
