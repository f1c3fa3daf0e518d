import type { IssueDocument } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { writeRevision } from "./write-revision.ts";

/**
 * Makes a document what it was at a revision, as a new revision: nothing is taken back.
 * @throws BoardroomError not_found for a revision of another document, stale_state when it went on since the base
 */
export function restoreDocument(
  ctx: Ctx,
  { id, key, rid, baseRevisionId }: InputOf<"documents.restore">,
): Promise<IssueDocument> {
  return writeRevision(ctx, id, key, {
    title: sql`r.title`,
    body: sql`r.body`,
    changeSummary: null,
    restoredFrom: rid,
    isBase: baseRevisionId ? sql`d.latest_revision_id = ${baseRevisionId}::uuid` : sql`true`,
  });
}
