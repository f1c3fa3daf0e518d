-- Only a stop of a budget that stops holds anything; what is open otherwise waits to be seen.
create or replace function budget_held(of_company uuid, of_agent uuid, of_project uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select 1 from budget_incidents n join budget_policies b on b.company_id = n.company_id and b.id = n.policy_id
    where n.company_id = of_company and n.lifted_at is null and n.threshold = 'stop' and b.hard_stop
      and (b.scope = 'company' or b.agent_id = of_agent or b.project_id = of_project));
end $$;
--> statement-breakpoint
-- Whether a run that has used so much more than it paid uses up a budget, together with what the others that run now show.
create function budget_over(of_company uuid, of_agent uuid, of_project uuid, of_run uuid, unpaid_cents numeric) returns boolean
language plpgsql stable as $$
declare
  p budget_policies;
  others numeric;
begin
  for p in
    select * from budget_policies b where b.company_id = of_company and b.hard_stop and b.amount_cents is not null
      and (b.scope = 'company' or b.agent_id = of_agent or b.project_id = of_project)
  loop
    select coalesce(sum(greatest(r.metered_cents - r.cost_cents, 0)), 0) into others
    from heartbeat_runs r left join issues i on p.scope = 'project' and i.company_id = r.company_id and i.id = r.issue_id
    where r.company_id = of_company and r.status = 'running' and r.id <> of_run and (p.agent_id is null or r.agent_id = p.agent_id)
      and (p.project_id is null or i.project_id = p.project_id);
    if budget_spent(p) + others + greatest(unpaid_cents, 0) >= p.amount_cents then
      return true;
    end if;
  end loop;
  return false;
end $$;
