import { type SQL, sql } from "drizzle-orm";
import { keptOfNewText } from "../audit/rewind-issue.ts";
import { idArray } from "../column-values.ts";
import { storedLabelIds } from "./internal.ts";

const shown = [
  ["title", "title"],
  ["description", "description"],
  ["status", "status"],
  ["priority", "priority"],
  ["project_id", "projectId"],
  ["milestone_id", "milestoneId"],
  ["goal_id", "goalId"],
  ["parent_id", "parentId"],
  ["assignee_agent_id", "assigneeAgentId"],
  ["assignee_user_id", "assigneeUserId"],
  ["billing_code", "billingCode"],
  ["blocked_owner_agent_id", "blockedOwnerAgentId"],
  ["blocked_owner_user_id", "blockedOwnerUserId"],
  ["blocked_action", "blockedAction"],
  ["execution_workspace_settings", "executionWorkspaceSettings"],
] as const;
const fields = sql.join(
  shown.map(([column, key]) => sql.raw(`('${column}', '${key}')`)),
  sql`, `,
);

/**
 * The CTE of what the CTE `changed` differs in from `locked`: `changes` holds `{field: {from, to}}`: what was is kept whole,
 * so that past states can be told, of a long text that came in the beginning. No row when nothing differs.
 */
export const issueChanges = (labelIds: string[] | undefined): SQL => sql`
  select n.id, n.identifier, n.title, n.status, o.status as old_status, d.changes
  from changed n cross join locked o
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, jsonb_build_object(
        'from', to_jsonb(o) ->> f.name, 'to', left(to_jsonb(n) ->> f.name, ${keptOfNewText}::int))), '{}') ${labelChange(labelIds)} as changes
    from (values ${fields}) f (name, key) where to_jsonb(o) -> f.name is distinct from to_jsonb(n) -> f.name) d
  where d.changes <> '{}'`;

function labelChange(labelIds: string[] | undefined): SQL {
  if (!labelIds) return sql``;
  const from = sql`to_jsonb(${storedLabelIds("o")})`;
  const to = sql`to_jsonb(array(select distinct unnest(${idArray(labelIds)}) order by 1))`;
  return sql`|| case when ${from} = ${to} then '{}' else jsonb_build_object('labelIds', jsonb_build_object('from', ${from}, 'to', ${to})) end`;
}

/** What a row was before an `update … returning` gave it other values: for `moved`. */
export const wasBefore: SQL = sql`old.status as was_status, old.assignee_agent_id as was_agent, old.assignee_user_id as was_user`;

/** `{field: {from, to}}` of status and assignee, over a row of such an update. */
export const moved: SQL = sql`(
  select coalesce(jsonb_object_agg(field, jsonb_build_object('from', was, 'to', is_now)), '{}')
  from (values ('status', was_status::text, status::text), ('assigneeAgentId', was_agent::text, assignee_agent_id::text),
    ('assigneeUserId', was_user, assignee_user_id)) v (field, was, is_now) where was is distinct from is_now)`;
