import { type Approval, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";

/**
 * Says that a decision is about an issue; once is enough.
 * @throws BoardroomError not_found, invalid_reference
 */
export async function linkIssueApproval(
  ctx: Ctx,
  { id, approvalId }: InputOf<"issueApprovals.link">,
): Promise<Approval> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.approvals, { hasIssue: boolean; isLive: boolean }>(
    ctx,
    schema.approvals,
    {
      with: {
        target: sql`
          select i.id as issue_id, i.identifier, a.id as approval_id, a.requested_by_agent_id, ${liveRunGuard(ctx)} as is_live
          from (select 1) one left join issues i on ${issueWhere(companyId, id, "i")}
          left join approvals a on a.company_id = ${companyId}::uuid and a.id = ${approvalId}::uuid`,
        linked: sql`
          insert into issue_approvals (company_id, issue_id, approval_id)
          select ${companyId}::uuid, issue_id, approval_id from target
          where is_live and issue_id is not null and approval_id is not null
          on conflict do nothing returning *`,
      },
      activity: [
        {
          from: "linked",
          action: "approval.linked",
          entityType: "approval",
          entityId: sql`approval_id`,
          details: sql`jsonb_build_object('issueId', issue_id)`,
        },
      ],
      select: sql`
        select a.*, target.issue_id is not null as has_issue, target.is_live
        from target left join approvals a on a.company_id = ${companyId}::uuid and a.id = target.approval_id`,
    },
  );
  const [row] = rows;
  if (!row?.hasIssue) throw notFound("issue");
  if (!row.isLive) throw leaseLost();
  if (row.id === null) throw new BoardroomError("invalid_reference", "The approval is not one of this company.");
  return row;
}
