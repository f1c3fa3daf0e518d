import { type Connection, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { joined, shownStatus } from "./approval-columns.ts";
import { tellDecision } from "./tell-decision.ts";

const companiesAtOnce = 200;

/** Whether a tool call waits for an answer. */
export const approvalsAreOpen = sql`(select min(created_at) from tool_approvals where status = 'pending') is not null`;

/**
 * Notes what became of the tool calls that nobody answered in time, and of those whose run has ended. They count as that from
 * the very moment, so nobody waits for this.
 * @returns how many
 */
export async function settleToolApprovals(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const due = await system.raw<{ company_id: string }>(sql`
    select distinct t.company_id from tool_approvals t join heartbeat_runs r on r.company_id = t.company_id and r.id = t.run_id
    where t.status = 'pending' and ${shownStatus} <> 'pending' limit ${companiesAtOnce}`);
  let settled = 0;
  for (const { company_id } of due) settled += await settleOf(contextFor(company_id));
  return settled;
}

async function settleOf(ctx: Ctx): Promise<number> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.toolApprovals, { runnerId: string | null }>(ctx, schema.toolApprovals, {
    with: {
      due: sql`
        select t.company_id, t.id, ${shownStatus} as next_status, r.runner_id from tool_approvals t ${joined}
        where t.company_id = ${companyId}::uuid and t.status = 'pending' and ${shownStatus} <> 'pending'
        order by t.id limit 500 for update of t skip locked`,
      settled: sql`
        update tool_approvals t set status = due.next_status, decided_at = now() from due
        where t.company_id = due.company_id and t.id = due.id and t.status = 'pending' returning t.*, due.runner_id`,
    },
    activity: [
      {
        from: "settled",
        action: sql`'tool_approval.' || status`,
        entityType: "tool_approval",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`run_id`,
        details: sql`jsonb_build_object('tool', tool, 'summary', left(summary, 300), 'issueId', issue_id)`,
      },
    ],
    select: sql`select * from settled`,
  });
  for (const row of rows) if (row.status === "expired") tellDecision(ctx, row);
  return rows.length;
}
