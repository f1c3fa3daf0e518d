import type { IssueDocument } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { writeRevision } from "./write-revision.ts";

/**
 * Writes a document as a new revision. Who wrote on an older revision than the latest is refused, and told what stands there now;
 * the same text again changes nothing, so that a call may be repeated.
 * @throws BoardroomError stale_state, conflict when there are too many, forbidden for an agent that doesn't work on the issue
 */
export function putDocument(ctx: Ctx, input: InputOf<"documents.put">): Promise<IssueDocument> {
  const { id, key, title, body, changeSummary, baseRevisionId } = input;
  return writeRevision(ctx, id, key, {
    title: title === undefined ? sql`coalesce(d.title, ${key}::text)` : sql`${title}::text`,
    body: sql`${body}::text`,
    changeSummary: changeSummary ?? null,
    restoredFrom: null,
    isBase: sql`d.latest_revision_id is not distinct from ${baseRevisionId ?? null}::uuid`,
  });
}
