grant select (identifier) on issues to boardroom_search;
--> statement-breakpoint
-- What only ends with a number is no identifier, and filters hold for identifiers, too.
create or replace function boardroom_find_entries(
  wanted tsquery, phrase text, kinds text[], statuses issue_status[], project uuid, assignee uuid, how_many int
) returns table (entity_type text, entity_id uuid, issue_id uuid, rank real)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
set pg_trgm.word_similarity_threshold = 0.45 as $$
declare
  tenant uuid := boardroom_company();
  digits text := substring(phrase from '([0-9]{1,9})\s*$');
  -- A prefix may end with digits, too: which of these is the number is told by the identifier.
  numbers int[] := array(select right(digits, n)::int from generate_series(1, length(digits)) n);
  bare text := upper(regexp_replace(phrase, '[#\s-]', '', 'g'));
  -- A number behind letters alone is taken for one, whatever the letters are.
  plain int := substring(phrase from '^\s*#?(?:[A-Za-z]{1,12}[ -]?)?([0-9]{1,9})\s*$')::int;
  of_issues boolean := statuses is not null or project is not null or assignee is not null;
begin
  return query
  with numbered as materialized (
    select 'issue'::text as entity_type, i.id as entity_id, i.id as issue_id, 10::real as rank from issues i
    where i.company_id = tenant and i.issue_number = any (numbers) and (i.issue_number = plain or replace(i.identifier, '-', '') = bare)
      and (kinds is null or 'issue' = any (kinds)) and (statuses is null or i.status = any (statuses))
      and (project is null or i.project_id = project) and (assignee is null or i.assignee_agent_id = assignee)),
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
