import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueId } from "../issues/internal.ts";

/** Says that a decision isn't about an issue after all. */
export async function unlinkIssueApproval(ctx: Ctx, { id, aid }: InputOf<"issueApprovals.unlink">): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.issueApprovals, { isLive: boolean }>(ctx, schema.issueApprovals, {
    with: {
      target: sql`
        select *, ${liveRunGuard(ctx)} as is_live from issue_approvals
        where company_id = ${companyId}::uuid and issue_id = ${issueId(companyId, id)} and approval_id = ${aid}::uuid`,
      unlinked: sql`
        delete from issue_approvals l using target
        where l.company_id = ${companyId}::uuid and l.issue_id = target.issue_id and l.approval_id = target.approval_id and target.is_live
        returning l.*`,
    },
    activity: [
      {
        from: "unlinked",
        action: "approval.unlinked",
        entityType: "approval",
        entityId: sql`approval_id`,
        details: sql`jsonb_build_object('issueId', issue_id)`,
      },
    ],
    select: sql`select * from target`,
  });
  const [row] = rows;
  if (!row) throw notFound("link");
  if (!row.isLive) throw leaseLost();
}
