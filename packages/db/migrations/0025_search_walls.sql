select boardroom_protect('search_entries', 'select');
--> statement-breakpoint
-- Reads and keeps what search looks through. Under the wall of boardroom_app the index of words would be of no use: the
-- operators of full text are not leakproof. So two functions of this role go around it, and compare the company themselves.
do $$ begin create role boardroom_search nologin; exception when duplicate_object or unique_violation then null; end $$;
--> statement-breakpoint
grant boardroom_search to current_user;
--> statement-breakpoint
grant usage, create on schema public to boardroom_search;
--> statement-breakpoint
create policy search_access on search_entries to boardroom_search using (true) with check (true);
--> statement-breakpoint
grant select, insert, update, delete on search_entries to boardroom_search;
--> statement-breakpoint
create policy search_access on issues for select to boardroom_search using (true);
--> statement-breakpoint
grant select (company_id, id, issue_number, status, project_id, assignee_agent_id) on issues to boardroom_search;
--> statement-breakpoint
create function boardroom_search_words(heading text, body text) returns tsvector language sql immutable parallel safe
  return setweight(to_tsvector('simple', left(heading, 2000)), 'A') || setweight(to_tsvector('simple', left(body, 50000)), 'B');
--> statement-breakpoint
-- For triggers: what it is, its issue, its heading and its text are expressions of the row, given as columns by their names.
create function boardroom_keep_search_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kept jsonb := to_jsonb(new);
  heading text := coalesce(kept ->> tg_argv[1], '');
begin
  insert into search_entries (company_id, entity_type, entity_id, issue_id, title, words)
  values (new.company_id, tg_argv[0], new.id, (kept ->> tg_argv[3])::uuid, left(heading, 500),
    boardroom_search_words(heading, coalesce(kept ->> tg_argv[2], '')))
  on conflict (company_id, entity_type, entity_id) do update set title = excluded.title, words = excluded.words, issue_id = excluded.issue_id;
  return null;
end $$;
--> statement-breakpoint
create function boardroom_drop_search_entry() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from search_entries where company_id = old.company_id and entity_type = tg_argv[0] and entity_id = old.id;
  return null;
end $$;
--> statement-breakpoint
create trigger search_issue after insert on issues for each row execute function boardroom_keep_search_entry('issue', 'title', 'description', 'id');
--> statement-breakpoint
create trigger search_issue_changed after update of title, description on issues for each row
  when (old.title is distinct from new.title or old.description is distinct from new.description)
  execute function boardroom_keep_search_entry('issue', 'title', 'description', 'id');
--> statement-breakpoint
create trigger search_comment after insert or update of body on comments for each row
  execute function boardroom_keep_search_entry('comment', '', 'body', 'issue_id');
--> statement-breakpoint
create trigger search_comment_gone after delete on comments for each row execute function boardroom_drop_search_entry('comment');
--> statement-breakpoint
create trigger search_project after insert or update of name, description on projects for each row
  execute function boardroom_keep_search_entry('project', 'name', 'description', '');
--> statement-breakpoint
create trigger search_project_gone after delete on projects for each row execute function boardroom_drop_search_entry('project');
--> statement-breakpoint
create trigger search_goal after insert or update of title, description on goals for each row
  execute function boardroom_keep_search_entry('goal', 'title', 'description', '');
--> statement-breakpoint
create trigger search_goal_gone after delete on goals for each row execute function boardroom_drop_search_entry('goal');
--> statement-breakpoint
create trigger search_agent after insert or update of name, capabilities on agents for each row
  execute function boardroom_keep_search_entry('agent', 'name', 'capabilities', '');
--> statement-breakpoint
create trigger search_agent_gone after delete on agents for each row execute function boardroom_drop_search_entry('agent');
--> statement-breakpoint
insert into search_entries (company_id, entity_type, entity_id, issue_id, title, words)
select company_id, 'issue', id, id, left(title, 500), boardroom_search_words(title, coalesce(description, '')) from issues
union all select company_id, 'comment', id, issue_id, '', boardroom_search_words('', body) from comments
union all select company_id, 'project', id, null, left(name, 500), boardroom_search_words(name, coalesce(description, '')) from projects
union all select company_id, 'goal', id, null, left(title, 500), boardroom_search_words(title, coalesce(description, '')) from goals
union all select company_id, 'agent', id, null, left(name, 500), boardroom_search_words(name, coalesce(capabilities, '')) from agents
on conflict do nothing;
--> statement-breakpoint
-- The best of what a company has, by words and, where these find nothing, by likeness of titles. Of words that stand in nearly
-- everything only the newest are ranked. An issue's number comes first.
create function boardroom_find_entries(
  wanted tsquery, phrase text, kinds text[], statuses issue_status[], project uuid, assignee uuid, how_many int
) returns table (entity_type text, entity_id uuid, issue_id uuid, rank real)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set pg_trgm.word_similarity_threshold = 0.45 as $$
declare
  tenant uuid := boardroom_company();
  number int := substring(phrase from '^\s*#?(?:[A-Za-z][A-Za-z0-9]*[- ]?)?([0-9]{1,9})\s*$')::int;
  of_issues boolean := statuses is not null or project is not null or assignee is not null;
begin
  return query
  with numbered as materialized (
    select 'issue'::text as entity_type, i.id as entity_id, i.id as issue_id, 10::real as rank from issues i
    where i.company_id = tenant and i.issue_number = number and (kinds is null or 'issue' = any (kinds))),
  worded as materialized (
    select e.entity_type, e.entity_id, e.issue_id, ts_rank(e.words, wanted) as rank from search_entries e
    where e.company_id = tenant and e.words @@ wanted and (kinds is null or e.entity_type = any (kinds))
      and (not of_issues or exists (select 1 from issues i where i.company_id = tenant and i.id = e.issue_id
        and (statuses is null or i.status = any (statuses)) and (project is null or i.project_id = project)
        and (assignee is null or i.assignee_agent_id = assignee)))
    order by e.entity_id desc limit 300),
  alike as materialized (
    select e.entity_type, e.entity_id, e.issue_id, word_similarity(phrase, e.title) * 0.05::real as rank from search_entries e
    where not exists (select 1 from worded) and phrase ~ '^[^"-]{3,}$' and e.company_id = tenant and phrase <% e.title
      and (kinds is null or e.entity_type = any (kinds))
      and (not of_issues or exists (select 1 from issues i where i.company_id = tenant and i.id = e.issue_id
        and (statuses is null or i.status = any (statuses)) and (project is null or i.project_id = project)
        and (assignee is null or i.assignee_agent_id = assignee)))
    order by word_similarity(phrase, e.title) desc limit 50)
  select f.entity_type, f.entity_id, (array_agg(f.issue_id))[1], max(f.rank) from (
    select * from numbered union all select * from worded union all select * from alike) f
  group by f.entity_type, f.entity_id order by 4 desc, 2 desc limit how_many;
end $$;
--> statement-breakpoint
alter function boardroom_keep_search_entry() owner to boardroom_search;
--> statement-breakpoint
alter function boardroom_drop_search_entry() owner to boardroom_search;
--> statement-breakpoint
alter function boardroom_find_entries(tsquery, text, text[], issue_status[], uuid, uuid, int) owner to boardroom_search;
--> statement-breakpoint
revoke create on schema public from boardroom_search;
--> statement-breakpoint
revoke execute on function boardroom_find_entries(tsquery, text, text[], issue_status[], uuid, uuid, int) from public;
--> statement-breakpoint
grant execute on function boardroom_find_entries(tsquery, text, text[], issue_status[], uuid, uuid, int) to boardroom_app;
