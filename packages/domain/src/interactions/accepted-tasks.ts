import { type ActivityEntry, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { insertInto, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { tracedGoal } from "../issues/traced-goal.ts";
import { assigned } from "../issues/wake-causes.ts";
import type { Resolution } from "./resolve-interaction.ts";

type Parts = Required<Pick<Resolution, "parts" | "made" | "activity" | "causes" | "limits">>;

/**
 * What accepting suggested tasks adds to its statement: the issues with their parents, blockers, numbers and wakes. A task whose
 * parent was left out stands below the nearest one that was not, or the issue itself. Other kinds of questions have no tasks.
 * @param selected the keys of those to make; all when null
 */
export function acceptedTasks({ actor, db: { companyId } }: Ctx, selected: string[] | null): Parts {
  const isSelected = (key: SQL) => (selected ? sql`${key} = any(${textArray(selected)})` : sql`true`);
  return {
    limits: selected
      ? sql`when exists (select 1 from unnest(${textArray(selected)}) c where not exists (
          select 1 from jsonb_array_elements(k.payload -> 'tasks') t where t ->> 'clientKey' = c)) then 'wrong: There is no such task.'`
      : sql``,
    parts: {
      task: sql`
        select t.task ->> 'clientKey' as client_key, t.task ->> 'parentClientKey' as parent_key, t.task, t.position
        from judged j cross join jsonb_array_elements(j.payload -> 'tasks') with ordinality t (task, position)
        where j.refusal is null and j.kind = 'suggest_tasks'`,
      // Once evaluated, so that a parent and its child mean the same id.
      wanted: sql`
        select task.*, uuidv7() as id, row_number() over (order by position) as nth from task where ${isSelected(sql`client_key`)}`,
      placed: sql`
        with recursive line as (
          select client_key, parent_key as up from wanted
          union
          select line.client_key, task.parent_key from line join task on task.client_key = line.up
          where not ${isSelected(sql`line.up`)})
        select line.client_key, w.id as parent_id from line join wanted w on w.client_key = line.up`,
      numbered: sql`
        update companies c set issue_counter = c.issue_counter + n.count from (select count(*) from wanted) n
        where c.id = ${companyId}::uuid and n.count > 0 returning c.issue_counter - n.count as last_number, c.issue_prefix`,
      created: sql`${insertInto(schema.issues, values(actor.type === "user" ? actor.id : null))}
        from wanted cross join numbered cross join judged j
        left join placed on placed.client_key = wanted.client_key
        left join agents a on a.company_id = j.company_id and a.id = (wanted.task ->> 'assigneeAgentId')::uuid and a.status <> 'terminated'
        returning *`,
      bound: sql`
        insert into issue_blockers (company_id, issue_id, blocked_by_issue_id)
        select created.company_id, created.id, b.id from created join wanted w on w.id = created.id
        cross join jsonb_array_elements_text(w.task -> 'blockedByClientKeys') key join wanted b on b.client_key = key
        on conflict do nothing returning company_id, issue_id`,
    },
    made: sql`coalesce((select jsonb_build_object('createdTasks', jsonb_agg(jsonb_build_object('clientKey', c.origin_fingerprint,
        'issueId', c.id, 'identifier', c.identifier, 'title', c.title) order by c.issue_number)) from created c having count(*) > 0), '{}')`,
    activity: [createdLogged],
    causes: [
      assigned(
        "issue_assigned",
        "create",
        sql`from created i where true`,
        sql`exists (select 1 from bound where bound.issue_id = i.id)`,
      ),
    ],
  };
}

const values = (userId: string | null) => ({
  companyId: sql`j.company_id`,
  id: sql`wanted.id`,
  identifier: sql`numbered.issue_prefix || '-' || (numbered.last_number + wanted.nth)`,
  issueNumber: sql`numbered.last_number + wanted.nth`,
  projectId: sql`j.project_id`,
  milestoneId: sql`j.milestone_id`,
  goalId: tracedGoal({ companyId: sql`j.company_id`, projectId: sql`j.project_id`, nearer: sql`j.goal_id` }),
  parentId: sql`coalesce(placed.parent_id, j.issue_id)`,
  title: sql`wanted.task ->> 'title'`,
  description: sql`wanted.task ->> 'description'`,
  priority: sql`coalesce(wanted.task ->> 'priority', 'medium')::issue_priority`,
  assigneeAgentId: sql`a.id`,
  createdByAgentId: sql`j.created_by_agent_id`,
  createdByUserId: userId,
  originKind: "interaction",
  originId: sql`j.id::text`,
  originFingerprint: sql`wanted.client_key`,
  requestDepth: sql`j.request_depth + (a.id is not null and a.id is distinct from j.created_by_agent_id)::int`,
  billingCode: sql`j.billing_code`,
});

const createdLogged: ActivityEntry = {
  from: "created",
  action: "issue.created",
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'priority', priority,
    'assigneeAgentId', assignee_agent_id, 'projectId', project_id, 'parentId', parent_id, 'interactionId', origin_id)`,
};
