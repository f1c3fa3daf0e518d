import { type SQL, sql } from "drizzle-orm";
import { companyGoal } from "../issues/traced-goal.ts";
import { nearestSelected } from "./plan-agents.ts";

type Part =
  | "plan_issue"
  | "plan_above"
  | "plan_project"
  | "plan_projects"
  | "plan_project_goals"
  | "plan_numbered"
  | "plan_issues"
  | "plan_blocked"
  | "plan_linked";

/** Where work that names no goal belongs. */
const ownGoal = companyGoal(sql`p.company_id`);

/**
 * CTEs that create the issues of the plan in `plan_source` that were selected, with the projects that they stand in:
 * `plan_issues`. They need `plan_agent`. One whose assignee isn't hired has none, one whose parent isn't there moves up.
 */
export function planWorkParts(): Record<Part, SQL> {
  return {
    plan_issue: sql`
      select uuidv7() as id, s.company_id, s.id as approval_id, s.requested_by_agent_id as proposer_id, e.value as draft,
        e.value ->> 'key' as key, row_number() over (order by e.ordinality)::int as rank
      from plan_source s cross join jsonb_array_elements(s.payload -> 'issues') with ordinality e
      where jsonb_typeof(s.selection -> 'issues') is distinct from 'array' or s.selection -> 'issues' ? (e.value ->> 'key')`,
    plan_above: nearestSelected("issues", "parentKey", "plan_issue"),
    plan_project: sql`
      select uuidv7() as id, s.company_id, s.requested_by_agent_id as lead_id, e.value as draft, e.value ->> 'key' as key, g.id as goal_id
      from plan_source s cross join jsonb_array_elements(s.payload -> 'projects') e
      left join goals g on g.company_id = s.company_id and g.id = (e.value ->> 'goalId')::uuid
      where exists (select 1 from plan_issue i where i.draft ->> 'projectKey' = e.value ->> 'key')`,
    plan_projects: sql`
      insert into projects (company_id, id, name, description, status, lead_agent_id)
      select company_id, id, draft ->> 'name', draft ->> 'description', 'in_progress', lead_id from plan_project returning *`,
    plan_project_goals: sql`
      insert into project_goals (company_id, project_id, goal_id)
      select p.company_id, p.id, coalesce(p.goal_id, ${ownGoal}) from plan_project p
      where coalesce(p.goal_id, ${ownGoal}) is not null`,
    plan_numbered: sql`
      update companies c set issue_counter = c.issue_counter + n.count from plan_source s cross join (
        select count(*)::int as count from plan_issue) n
      where c.id = s.company_id and n.count > 0 returning c.issue_counter - n.count as base, c.issue_prefix as prefix`,
    plan_issues: sql`
      insert into issues (company_id, id, identifier, issue_number, project_id, goal_id, parent_id, title, description, status, priority,
        assignee_agent_id, created_by_agent_id, origin_kind, origin_id, origin_fingerprint, request_depth)
      select p.company_id, p.id, n.prefix || '-' || (n.base + p.rank), n.base + p.rank, j.id, coalesce(g.id, j.goal_id, ${ownGoal}),
        above.id, p.draft ->> 'title', p.draft ->> 'description', 'todo', coalesce(p.draft ->> 'priority', 'medium')::issue_priority,
        coalesce(hired.id, known.id), p.proposer_id, 'approval', p.approval_id::text, p.key,
        case when coalesce(hired.id, known.id) is distinct from p.proposer_id then 1 else 0 end
      from plan_issue p cross join plan_numbered n
      left join plan_project j on j.key = p.draft ->> 'projectKey'
      left join goals g on g.company_id = p.company_id and g.id = (p.draft ->> 'goalId')::uuid
      left join plan_above m on m.key = p.key left join plan_issue above on above.key = m.nearest
      left join plan_agent hired on hired.key = p.draft ->> 'assigneeKey'
      left join agents known on known.company_id = p.company_id and known.id = (p.draft ->> 'assigneeAgentId')::uuid
        and known.status <> 'terminated'
      order by p.rank returning *`,
    plan_blocked: sql`
      insert into issue_blockers (company_id, issue_id, blocked_by_issue_id)
      select distinct p.company_id, p.id, b.id from plan_issue p
      cross join jsonb_array_elements_text(coalesce(p.draft -> 'blockedByKeys', '[]'::jsonb)) k join plan_issue b on b.key = k
      returning issue_id`,
    plan_linked: sql`
      insert into issue_approvals (company_id, issue_id, approval_id)
      select company_id, id, origin_id::uuid from plan_issues where origin_id is not null`,
  };
}

/** Whom the new work wakes: the assignees of what nothing blocks. */
export const planCauses = sql`
  select i.assignee_agent_id as agent_id, i.id as issue_id, 'issue_assigned'::text as reason,
    jsonb_build_object('identifier', i.identifier, 'mutation', 'create') as payload
  from plan_issues i where i.assignee_agent_id is not null and i.id not in (select issue_id from plan_blocked)`;
