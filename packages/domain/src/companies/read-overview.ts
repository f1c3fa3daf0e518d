import type { Overview } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import { pendingDecisions } from "../decisions/pending-decisions.ts";
import { companySpent } from "../heartbeat/gates.ts";

const maxDecisions = 100;

/**
 * All companies of a person with what happens in them, and what waits in any of them for somebody of their role: what is urgent
 * first, then what has waited longest. What they have put off, or what waits for somebody else, is left out.
 */
export async function readOverview({ system, person }: PersonCtx): Promise<Overview> {
  const [row] = await system.raw<{ companies: Overview["companies"]; decisions: Overview["decisions"] }>(sql`
    with mine as (
      select c.id, c.name, c.issue_prefix, c.status, c.budget_monthly_cents, m.role from memberships m join companies c on c.id = m.company_id
      where m.user_id = ${person.userId} and c.status <> 'archived' order by c.name, c.id limit 200),
    waiting as materialized (
      select c.id as company_id, d.* from mine c cross join lateral (${pendingDecisions(sql`c.id`)}) d
      where c.role <= d.minimum_role and coalesce(d.assignee_user_id, ${person.userId}::text) = ${person.userId}::text
        and not exists (
          select 1 from decision_snoozes s where s.company_id = c.id and s.user_id = ${person.userId} and s.kind = d.kind
            and s.decision_id = d.id and s.until > now()))
    select
      (select coalesce(json_agg(json_build_object('id', c.id, 'name', c.name, 'issuePrefix', c.issue_prefix, 'status', c.status, 'role', c.role,
        'budgetMonthlyCents', c.budget_monthly_cents::float8, 'spentMonthlyCents', (${companySpent(sql`c.id`)})::float8,
        'agentCount', (select count(*) from agents a where a.company_id = c.id and a.status <> 'terminated'),
        'liveRuns', (select count(*) from heartbeat_runs r where r.company_id = c.id and r.status = 'running'),
        'openIssues', (select count(*) from issues i where i.company_id = c.id and i.status in ('todo', 'in_progress', 'in_review', 'blocked')),
        'pendingDecisions', (select count(*) from waiting w where w.company_id = c.id)) order by c.name, c.id), '[]') from mine c) as companies,
      (select coalesce(json_agg(json_build_object('companyId', w.company_id, 'kind', w.kind, 'id', w.id, 'title', w.title, 'askedBy', w.asked_by,
        'askedByAgentId', w.asked_by_agent_id, 'issueId', w.issue_id, 'issueIdentifier', w.issue_identifier,
        'assigneeUserId', w.assignee_user_id, 'minimumRole', w.minimum_role, 'isUrgent', w.is_urgent, 'since', ${isoText(sql`w.since`)},
        'until', ${isoText(sql`w.until`)}, 'snoozedUntil', null) order by w.is_urgent desc, w.since, w.id), '[]')
        from (select * from waiting order by is_urgent desc, since, id limit ${maxDecisions}) w) as decisions`);
  return row ?? { companies: [], decisions: [] };
}
