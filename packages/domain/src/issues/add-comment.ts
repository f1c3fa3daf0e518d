import type { Comment } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { commentLogged, insertComment } from "./comment-parts.ts";
import { issueWhere } from "./internal.ts";

/**
 * Comments on an issue.
 * @throws BoardroomError lease_lost when the calling run no longer runs
 */
export async function addComment(ctx: Ctx, { id: ref, body }: InputOf<"issues.comment">): Promise<Comment> {
  const { rows } = await mutate<typeof schema.comments, { isLost: boolean }>(ctx, schema.comments, {
    with: {
      issue: sql`
        select issues.company_id, issues.id, not ${liveRunGuard(ctx)} as is_lost from issues
        where ${issueWhere(ctx.db.companyId, ref)}`,
      commentable: sql`select company_id, id from issue where not is_lost`,
      commented: insertComment(ctx.actor, "commentable", body),
      touched: sql`
        update issues i set updated_at = now() from commented c where i.company_id = c.company_id and i.id = c.issue_id`,
    },
    activity: [commentLogged("commented")],
    select: sql`select commented.*, issue.is_lost from issue left join commented on true`,
  });
  const comment = found(rows[0], "issue");
  if (comment.isLost) throw leaseLost();
  return comment;
}
