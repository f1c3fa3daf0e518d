import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueId } from "./internal.ts";

/**
 * Deletes a comment: one's own, or as an admin of the company anybody's.
 * @throws BoardroomError forbidden for somebody else's
 */
export async function deleteComment(ctx: Ctx, { id: ref, commentId }: InputOf<"issues.deleteComment">): Promise<void> {
  const { actor } = ctx;
  const { companyId } = ctx.db;
  const isAdmin = actor.kind === "user" && (actor.role === "admin" || actor.role === "owner");
  const { rows } = await mutate<typeof schema.comments, { isLost: boolean; isOwn: boolean }>(ctx, schema.comments, {
    with: {
      target: sql`
        select k.company_id, k.id, not ${liveRunGuard(ctx)} as is_lost,
          coalesce(k.author_agent_id = ${actor.agentId}::uuid or k.author_user_id = ${actor.type === "user" ? actor.id : null}::text, false) as is_own
        from comments k
        where k.company_id = ${companyId}::uuid and k.id = ${commentId}::uuid and k.issue_id = ${issueId(companyId, ref)}`,
      deleted: sql`
        delete from comments k using target t
        where k.company_id = t.company_id and k.id = t.id and not t.is_lost and (t.is_own or ${isAdmin}::boolean) returning k.*`,
    },
    activity: [
      {
        from: "deleted",
        action: "issue.comment_deleted",
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('commentId', id, 'authorName', author_name)`,
      },
    ],
    select: sql`select id, is_lost, is_own from target`,
  });
  const { isLost, isOwn } = found(rows[0], "comment");
  if (isLost) throw leaseLost();
  if (!isOwn && !isAdmin) throw new BoardroomError("forbidden", "Only its author or an admin may delete a comment.");
}
