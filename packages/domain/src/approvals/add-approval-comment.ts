import type { ApprovalComment } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Comments on a decision; its state stays as it is. */
export async function addApprovalComment(
  ctx: Ctx,
  { id, body }: InputOf<"approvals.comment">,
): Promise<ApprovalComment> {
  const { actor } = ctx;
  const { rows } = await mutate(ctx, schema.approvalComments, {
    with: {
      added: sql`
        insert into approval_comments (company_id, approval_id, body, author_agent_id, author_user_id, author_name)
        select p.company_id, p.id, ${body}::text, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text,
          ${actor.name ?? actor.id}::text
        from approvals p where p.company_id = ${ctx.db.companyId}::uuid and p.id = ${id}::uuid
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
    select: sql`select * from added`,
  });
  return found(rows[0], "approval");
}
