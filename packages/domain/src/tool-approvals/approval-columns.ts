import type { ToolApprovalStatus } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

/** What a tool approval shows beside its own columns; the state may say more than the stored one. */
export interface ApprovalExtras {
  status: ToolApprovalStatus;
  agentName: string;
  issueIdentifier: string | null;
}

const runLives = sql`r.status = 'running' and r.lease_expires_at > now()`;

/** The state of the alias `t`, whose run is `r`: nobody waits for an answer any more when the run has ended or the time is up. */
export const shownStatus: SQL = sql`case
  when t.status <> 'pending' then t.status
  when not (${runLives}) then 'cancelled' when t.expires_at <= now() then 'expired' else t.status end::tool_approval_status`;

/** Joins to the alias `t` what it is shown with. */
export const joined: SQL = sql`
  join heartbeat_runs r on r.company_id = t.company_id and r.id = t.run_id
  join agents a on a.company_id = t.company_id and a.id = t.agent_id
  left join issues i on i.company_id = t.company_id and i.id = t.issue_id`;

/** Approvals as they are shown, as the right side of `from`. */
export const shownApprovals = (where: SQL): SQL => sql`(
  select t.company_id, t.id, t.run_id, t.agent_id, t.issue_id, t.call_id, t.tool, t.input, t.summary, ${shownStatus} as status, t.note,
    t.decided_by_user_id, t.decided_by_name, t.rule_id, t.expires_at, t.decided_at, t.created_at, a.name as agent_name, i.identifier as issue_identifier
  from tool_approvals t ${joined} where ${where}) shown`;

/** How many of a company wait for an answer now. */
export const countPending = (companyId: SQL): SQL => sql`(
  select count(*)::int from tool_approvals t join heartbeat_runs r on r.company_id = t.company_id and r.id = t.run_id
  where t.company_id = ${companyId} and t.status = 'pending' and t.expires_at > now() and ${runLives})`;
