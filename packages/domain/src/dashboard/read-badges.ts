import type { OperationOutput, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { pendingDecisions } from "../decisions/pending-decisions.ts";
import { found } from "../found.ts";
import { countPending } from "../tool-approvals/approval-columns.ts";
import { failedStates } from "./dashboard-figures.ts";

/**
 * How much needs a decision: what the caller's inbox shows as waiting, each once. That is the queue without what they have put
 * off, blocked issues, and agents in error or out of budget whose incident isn't in the queue. A failed run counts while it is
 * its agent's latest that ended, so that one that was made good counts no more.
 */
export async function readBadges({ db, actor }: Ctx): Promise<OperationOutput<Operations["companies.badges"]>> {
  const { companyId } = db;
  const [row] = await db.raw<{
    approvals: number;
    toolApprovals: number;
    failedRuns: number;
    queued: number;
    waiting: number;
  }>(sql`
    with queue as materialized (select * from (${pendingDecisions(companyId)}) d)
    select
      (select count(*)::int from approvals p where p.company_id = ${companyId}::uuid and p.status = 'pending') as approvals,
      ${countPending(sql`${companyId}::uuid`)} as "toolApprovals",
      (select count(*)::int from agents a cross join lateral (
          select r.status from heartbeat_runs r
          where r.company_id = a.company_id and r.agent_id = a.id and r.status not in ('queued', 'running')
          order by r.id desc limit 1) latest
        where a.company_id = ${companyId}::uuid and a.status <> 'terminated' and latest.status in ${failedStates}) as "failedRuns",
      (select count(*)::int from queue q where not exists (
          select 1 from decision_snoozes s where s.company_id = ${companyId}::uuid and s.user_id = ${actor.id}::text and s.kind = q.kind
            and s.decision_id = q.id and s.until > now())) as queued,
      (select count(*)::int from issues i where i.company_id = ${companyId}::uuid and i.status = 'blocked'
          and not exists (select 1 from queue q where q.kind = 'blocked_issue' and q.id = i.id))
        + (select count(*)::int from agents a where a.company_id = ${companyId}::uuid
            and (a.status = 'error' or (a.status = 'paused' and a.pause_reason = 'budget'))
            and not exists (select 1 from queue q where q.kind = 'budget_incident' and q.asked_by_agent_id = a.id)) as waiting`);
  const { approvals, toolApprovals, failedRuns, queued, waiting } = found(row, "company");
  return { inbox: queued + waiting, approvals: approvals + toolApprovals, toolApprovals, failedRuns };
}
