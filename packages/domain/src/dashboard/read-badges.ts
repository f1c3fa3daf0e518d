import type { OperationOutput, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { countPending } from "../tool-approvals/approval-columns.ts";
import { failedStates } from "./dashboard-figures.ts";

/**
 * How much needs a decision. A failed run counts while it is its agent's latest that ended, so that one that was made
 * good counts no more; what agents want confirmed, blocked issues and agents out of budget or in error wait in the inbox too.
 */
export async function readBadges(ctx: Ctx): Promise<OperationOutput<Operations["companies.badges"]>> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.raw<{
    approvals: number;
    toolApprovals: number;
    questions: number;
    failedRuns: number;
    waiting: number;
  }>(sql`
    select
      (select count(*)::int from approvals p where p.company_id = ${companyId}::uuid and p.status = 'pending') as approvals,
      ${countPending(sql`${companyId}::uuid`)} as "toolApprovals",
      (select count(*)::int from issue_interactions k where k.company_id = ${companyId}::uuid and k.status = 'pending') as questions,
      (select count(*)::int from agents a cross join lateral (
          select r.status from heartbeat_runs r
          where r.company_id = a.company_id and r.agent_id = a.id and r.status not in ('queued', 'running')
          order by r.id desc limit 1) latest
        where a.company_id = ${companyId}::uuid and a.status <> 'terminated' and latest.status in ${failedStates}) as "failedRuns",
      (select count(*)::int from issues i where i.company_id = ${companyId}::uuid and i.status = 'blocked')
        + (select count(*)::int from agents a where a.company_id = ${companyId}::uuid
            and (a.status = 'error' or (a.status = 'paused' and a.pause_reason = 'budget'))) as waiting`);
  const { toolApprovals, questions, failedRuns, waiting, ...others } = found(row, "company");
  const approvals = others.approvals + toolApprovals;
  return { inbox: approvals + questions + waiting, approvals, toolApprovals, failedRuns };
}
