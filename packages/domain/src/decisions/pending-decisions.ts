import { type SQL, sql } from "drizzle-orm";
import { policyOf } from "../approvals/decision-parts.ts";
import { shownStatus } from "../tool-approvals/approval-columns.ts";

/**
 * All that waits for a person of one company, of all six kinds, as rows of (kind, id, title, asked_by, asked_by_agent_id,
 * asked_by_user_id, issue_id, issue_identifier, assignee_user_id, minimum_role, is_urgent, since, until, round). What is asked again has another
 * round.
 */
export const pendingDecisions = (companyId: string | SQL): SQL => {
  const of = (alias: string) => sql`${sql.identifier(alias)}.company_id = ${companyId}::uuid`;
  return sql`
    select 'approval'::decision_kind as kind, p.id, ${approvalTitle} as title, coalesce(a.name, m.display_name, 'A board member') as asked_by,
      p.requested_by_agent_id as asked_by_agent_id, p.requested_by_user_id as asked_by_user_id, null::uuid as issue_id, null::text as issue_identifier, null::text as assignee_user_id,
      policy.minimum_role, p.escalated_at is not null as is_urgent, p.pending_since as since,
      p.pending_since + make_interval(secs => policy.expires_after_sec) as until,
      extract(epoch from p.pending_since)::text || case when p.escalated_at is null then '' else ' escalated' end as round
    from approvals p cross join lateral (${policyOf("p")}) policy
    left join agents a on a.company_id = p.company_id and a.id = p.requested_by_agent_id
    left join memberships m on m.company_id = p.company_id and m.user_id = p.requested_by_user_id
    where ${of("p")} and p.status = 'pending'
    union all
    select 'interaction', k.id, left('asks: ' || coalesce(k.payload ->> 'prompt', i.title), 300), coalesce(a.name, 'A board member'),
      k.created_by_agent_id, k.created_by_user_id, i.id, i.identifier, null, 'operator', false, k.created_at, k.expires_at, '1'
    from issue_interactions k join issues i on i.company_id = k.company_id and i.id = k.issue_id
    left join agents a on a.company_id = k.company_id and a.id = k.created_by_agent_id
    where ${of("k")} and k.status = 'pending' and k.expires_at > now()
    union all
    select 'tool_approval', t.id, left('asks to use ' || t.tool || coalesce(': ' || t.summary, ''), 300), a.name, a.id, null, i.id, i.identifier,
      null, 'operator', true, t.created_at, t.expires_at, '1'
    from tool_approvals t join heartbeat_runs r on r.company_id = t.company_id and r.id = t.run_id
    join agents a on a.company_id = t.company_id and a.id = t.agent_id left join issues i on i.company_id = t.company_id and i.id = t.issue_id
    where ${of("t")} and t.status = 'pending' and ${shownStatus} = 'pending'
    union all
    select 'budget_incident', b.id, case b.threshold::text when 'stop' then 'is out of budget' else 'is near its budget' end,
      coalesce(a.name, j.name, 'The company'), a.id, null, null, null, null, 'admin', b.threshold::text = 'stop', b.created_at, b.window_ends_at, '1'
    from budget_incidents b join budget_policies l on l.company_id = b.company_id and l.id = b.policy_id
    left join agents a on a.company_id = b.company_id and a.id = l.agent_id
    left join projects j on j.company_id = b.company_id and j.id = l.project_id
    where ${of("b")} and b.status = 'open'
    union all
    select 'blocked_issue', i.id, left('is blocked: ' || coalesce(i.blocked_action, i.title), 300), i.identifier, i.assignee_agent_id, null, i.id, i.identifier,
      i.blocked_owner_user_id, 'operator', false, i.updated_at, null, '1'
    from issues i where ${of("i")} and i.status = 'blocked' and i.blocked_owner_user_id is not null
    union all
    select 'review', s.id, left('asks for ' || case s.kind when 'approval' then 'an approval' else 'a review' end || ': ' || i.title, 300),
      coalesce(a.name, 'Somebody'), a.id, null, i.id, i.identifier, s.reviewer_user_id, 'operator', false, s.updated_at, null,
      extract(epoch from s.updated_at)::text
    from issue_review_stages s join issues i on i.company_id = s.company_id and i.id = s.issue_id
    left join agents a on a.company_id = i.company_id and a.id = i.assignee_agent_id
    where ${of("s")} and s.status = 'active' and s.reviewer_user_id is not null`;
};

const approvalTitle = sql`left(case p.type
  when 'hire_agent' then 'asks to hire ' || coalesce(p.payload ->> 'name', 'an agent')
  when 'budget_override_required' then 'asks to spend beyond the budget'
  else 'asks: ' || coalesce(p.payload ->> 'title', p.payload ->> 'summary', p.payload ->> 'question',
    case p.type when 'approve_ceo_strategy' then 'May we follow this plan?' else 'May I go ahead?' end) end, 300)`;
