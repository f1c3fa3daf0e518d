import { type SQL, sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";
import { storedLabelIds } from "./internal.ts";

const shown = [
  ["title", "title"],
  ["description", "description"],
  ["status", "status"],
  ["priority", "priority"],
  ["project_id", "projectId"],
  ["goal_id", "goalId"],
  ["parent_id", "parentId"],
  ["assignee_agent_id", "assigneeAgentId"],
  ["assignee_user_id", "assigneeUserId"],
  ["billing_code", "billingCode"],
  ["execution_workspace_settings", "executionWorkspaceSettings"],
] as const;
const fields = sql.join(
  shown.map(([column, key]) => sql.raw(`('${column}', '${key}')`)),
  sql`, `,
);

/**
 * The CTE of what the CTE `changed` differs in from `locked`: `changes` holds `{field: {from, to}}`, long text shortened.
 * No row when nothing differs.
 */
export const issueChanges = (labelIds: string[] | undefined): SQL => sql`
  select n.id, n.identifier, n.title, n.status, o.status as old_status, d.changes
  from changed n cross join locked o
  cross join lateral (
    select coalesce(jsonb_object_agg(f.key, jsonb_build_object(
        'from', left(to_jsonb(o) ->> f.name, 300), 'to', left(to_jsonb(n) ->> f.name, 300))), '{}') ${labelChange(labelIds)} as changes
    from (values ${fields}) f (name, key) where to_jsonb(o) -> f.name is distinct from to_jsonb(n) -> f.name) d
  where d.changes <> '{}'`;

function labelChange(labelIds: string[] | undefined): SQL {
  if (!labelIds) return sql``;
  const from = sql`to_jsonb(${storedLabelIds("o")})`;
  const to = sql`to_jsonb(array(select distinct unnest(${idArray(labelIds)}) order by 1))`;
  return sql`|| case when ${from} = ${to} then '{}' else jsonb_build_object('labelIds', jsonb_build_object('from', ${from}, 'to', ${to})) end`;
}
