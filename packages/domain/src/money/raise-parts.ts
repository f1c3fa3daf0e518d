import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { followSchedule } from "../agents/follow-schedule.ts";
import { budgetActivity } from "./budget-parts.ts";
import { policyPartsBut } from "./policy-parts.ts";

/**
 * Raises a budget and resumes what its stop paused, as CTEs: the agent whose own budget it is, unless another one of its budgets
 * is used up too. `raise_agents` are those to wake: whose work the stop ended, and who have work.
 * @param from a CTE of at most one row: incident_id, amount_cents (more than what is spent), note and
 * approval_id
 */
export const raiseParts = (companyId: string, from: string, userId: SQL) => ({
  raise_incident: sql`
    select n.*, w.amount_cents as new_cents from ${sql.identifier(from)} w
    join budget_incidents n on n.company_id = ${companyId}::uuid and n.id = w.incident_id`,
  raise_policy: sql`
    update budget_policies b set amount_cents = n.new_cents, updated_at = now() from raise_incident n
    where b.company_id = n.company_id and b.id = n.policy_id returning b.*`,
  budget_paused: sql`select * from agents where false`,
  ...policyPartsBut(companyId, "raise_policy", {
    forced: sql`n.id in (select id from raise_incident)`,
    note: sql`(select w.note from ${sql.identifier(from)} w)`,
    userId,
    approvalId: sql`(select w.approval_id from ${sql.identifier(from)} w)`,
  }),
  raise_resumed: sql`
    update agents a set pause_reason = null, paused_at = null, updated_at = now(), status = case when exists (
      select 1 from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id and r.status = 'running')
      then 'running'::agent_status else 'idle' end
    from raise_policy p
    where p.scope = 'agent' and a.company_id = p.company_id and a.id = p.agent_id and a.status = 'paused' and a.pause_reason = 'budget'
      and not exists (select 1 from budget_policies o where o.company_id = a.company_id and o.agent_id = a.id and o.id <> p.id
        and o.hard_stop and o.amount_cents is not null and budget_spent(o) >= o.amount_cents)
    returning a.*`,
  raise_schedule: followSchedule("raise_resumed"),
  raise_agents: sql`
    select a.id from agents a cross join raise_policy p cross join raise_incident n
    where a.company_id = p.company_id and exists (select 1 from issues i where i.company_id = a.company_id and i.assignee_agent_id = a.id
        and i.status in ('todo', 'in_progress', 'in_review'))
      and (a.id in (select id from raise_resumed) or (p.scope <> 'agent' and a.status not in ('paused', 'terminated', 'pending_approval') and exists (
        select 1 from (
          select r.* from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id order by r.id desc limit 20) r
        left join issues w on w.company_id = r.company_id and w.id = r.issue_id
        where r.updated_at >= n.created_at and (p.scope = 'company' or w.project_id = p.project_id) and (r.cancel_reason = 'budget_exhausted'
          or r.error_code in ('budget_exhausted', 'project_budget_exhausted', 'company_budget_exhausted')))))`,
});

export const raiseActivity: readonly [ActivityEntry, ...ActivityEntry[]] = [
  {
    from: "raise_policy",
    action: "budget_incident.raised",
    entityType: "budget_policy",
    entityId: sql`id`,
    agentId: sql`agent_id`,
    details: sql`jsonb_build_object('scope', scope, 'window', budget_window, 'amountCents', amount_cents)`,
  },
  {
    from: "raise_resumed",
    action: "agent.resumed",
    entityType: "agent",
    entityId: sql`id`,
    agentId: sql`id`,
    details: sql`jsonb_build_object('name', name, 'reason', 'budget_raised')`,
  },
  budgetActivity,
];
