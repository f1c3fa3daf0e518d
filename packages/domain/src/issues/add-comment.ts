import type { Comment } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { staleCauses, staleLogged, staleQuestions } from "../interactions/stale-questions.ts";
import { causeParts, queuedRunIds } from "./cause-parts.ts";
import { commentLogged, insertComment } from "./comment-parts.ts";
import { issueWhere, lockIssue } from "./internal.ts";
import { mentionsIn } from "./mentions.ts";
import { commentCauses } from "./wake-causes.ts";

interface Extras {
  isLost: boolean;
  queuedRunIds: string[] | null;
}

/**
 * Comments on an issue, which wakes its assignee and whom the comment mentions.
 * @throws BoardroomError lease_lost when the calling run no longer runs
 */
export async function addComment(ctx: Ctx, { id: ref, body }: InputOf<"issues.comment">): Promise<Comment> {
  const { rows, replayed } = await mutate<typeof schema.comments, Extras>(ctx, schema.comments, {
    before: lockIssue(ctx.db.companyId, ref),
    with: {
      issue: sql`
        select issues.*, not ${liveRunGuard(ctx)} as is_lost from issues
        where ${issueWhere(ctx.db.companyId, ref)}`,
      commentable: sql`select company_id, id from issue where not is_lost`,
      commented: insertComment(ctx.actor, "commentable", body),
      ...staleQuestions(ctx.actor, "commented", "issue"),
      ...causeParts(ctx, [...commentCauses("issue", ctx.actor, mentionsIn(body)), ...staleCauses(ctx.actor)]),
      touched: sql`
        update issues i set updated_at = now() from commented c where i.company_id = c.company_id and i.id = c.issue_id`,
    },
    activity: [commentLogged("commented"), ...staleLogged(ctx.actor)],
    select: sql`select commented.*, issue.is_lost, ${queuedRunIds} from issue left join commented on true`,
  });
  const comment = found(rows[0], "issue");
  if (comment.isLost) throw leaseLost();
  if (!replayed)
    ctx.ports.dispatch((comment.queuedRunIds ?? []).map((runId) => ({ companyId: ctx.db.companyId, runId })));
  return comment;
}
