import type { ApprovalComment } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";

/** Comments on a decision; its state stays as it is. */
export async function addApprovalComment(
  ctx: Ctx,
  { id, body }: InputOf<"approvals.comment">,
): Promise<ApprovalComment> {
  const { actor } = ctx;
  const { rows } = await mutate<typeof schema.approvalComments, { isLive: boolean }>(ctx, schema.approvalComments, {
    with: {
      target: sql`
        select company_id, id, ${liveRunGuard(ctx)} as is_live from approvals
        where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid`,
      added: sql`
        insert into approval_comments (company_id, approval_id, body, author_agent_id, author_user_id, author_name)
        select target.company_id, target.id, ${body}::text, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text,
          ${actor.name ?? actor.id}::text
        from target where target.is_live
        returning *`,
    },
    activity: [
      {
        from: "added",
        action: "approval.commented",
        entityType: "approval",
        entityId: sql`approval_id`,
        details: sql`jsonb_build_object('commentId', id)`,
      },
    ],
    select: sql`select added.*, target.is_live from target left join added on true`,
  });
  const comment = found(rows[0], "approval");
  if (!comment.isLive) throw leaseLost();
  return comment;
}
