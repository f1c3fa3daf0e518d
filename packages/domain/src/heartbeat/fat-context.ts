import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** The task with its latest comments and its parents, for agents that want it in the webhook; over the alias `claimed`. */
export const fatContext = sql`(
  with recursive line as (
    select i.*, 0 as depth from issues i where i.company_id = claimed.company_id and i.id = claimed.issue_id
    union all
    select p.*, line.depth + 1 from issues p join line on p.company_id = line.company_id and p.id = line.parent_id where line.depth < 20)
  select jsonb_build_object(
    'task', (select jsonb_build_object('id', id, 'identifier', identifier, 'title', title, 'description', description,
      'status', status, 'priority', priority) from line where depth = 0),
    'ancestors', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'identifier', identifier, 'title', title) order by depth desc)
      from line where depth > 0), '[]'),
    'comments', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'body', k.body, 'authorName', k.author_name,
      'createdAt', ${isoText(sql`k.created_at`)}) order by k.id)
      from (select * from comments m where m.company_id = claimed.company_id and m.issue_id = claimed.issue_id
        order by m.id desc limit 20) k), '[]')))`;
