select boardroom_protect(t::regclass) from unnest(array['budget_policies', 'budget_incidents', 'spend_days', 'model_prices']) t;
--> statement-breakpoint
-- Founding a company writes its budget; the tick finds stops whose window is over.
select boardroom_open_to_system('budget_policies', 'select, insert, update');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['budget_incidents', 'spend_days']) t;
--> statement-breakpoint
alter table spend_days set (fillfactor = 70);
--> statement-breakpoint
alter table budget_spend set (fillfactor = 70);
--> statement-breakpoint
-- The first day of the window that is now, in UTC; weeks begin on Monday, a rolling window ends with today.
create function budget_window_start(of_window budget_window, of_days integer) returns date language sql stable parallel safe
return case of_window
  when 'day' then (now() at time zone 'utc')::date
  when 'week' then date_trunc('week', now() at time zone 'utc')::date
  when 'month' then date_trunc('month', now() at time zone 'utc')::date
  when 'rolling' then (now() at time zone 'utc')::date - (of_days - 1)
  else date '1970-01-01' end;
--> statement-breakpoint
-- What a threshold is told once for: the window, and of rolling ones the span of so many days by the calendar.
create function budget_window_key(of_window budget_window, of_days integer) returns date language sql stable parallel safe
return case of_window
  when 'rolling' then date '1970-01-01' + ((now() at time zone 'utc')::date - date '1970-01-01') / of_days * of_days
  else budget_window_start(of_window, of_days) end;
--> statement-breakpoint
-- When spend of the window counts no more, or some of it; never for a lifetime.
create function budget_window_end(of_window budget_window, of_days integer) returns timestamptz language sql stable parallel safe
return case of_window
  when 'lifetime' then null
  when 'week' then (budget_window_start(of_window, of_days) + 7)::timestamp at time zone 'utc'
  when 'month' then (budget_window_start(of_window, of_days) + interval '1 month') at time zone 'utc'
  else ((now() at time zone 'utc')::date + 1)::timestamp at time zone 'utc' end;
--> statement-breakpoint
-- What counts against a policy now. In PL/pgSQL, so that only the branch that is needed is planned, and once per connection.
create function budget_spent(p budget_policies) returns numeric language plpgsql stable as $$
declare
  since date := budget_window_start(p.budget_window, p.window_days);
  spent numeric;
begin
  if p.scope = 'project' then
    select sum(d.spent_cents) into spent from spend_days d
    where d.company_id = p.company_id and d.project_id = p.project_id and d.day >= since;
  elsif p.budget_window in ('month', 'lifetime') and p.scope = 'agent' then
    select sum(b.spent_cents) into spent from budget_spend b
    where b.company_id = p.company_id and b.scope = 'agent' and b.scope_id = p.agent_id
      and b.month >= since and (p.budget_window = 'lifetime' or b.month = since);
  elsif p.budget_window = 'month' then
    select sum(b.spent_cents) into spent from budget_spend b
    where b.company_id = p.company_id and b.scope = 'agent' and b.month = since;
  elsif p.budget_window = 'lifetime' then
    select sum(b.spent_cents) into spent from budget_spend b where b.company_id = p.company_id and b.scope = 'agent';
  elsif p.scope = 'agent' then
    select sum(d.spent_cents) into spent from spend_days d
    where d.company_id = p.company_id and d.agent_id = p.agent_id and d.day >= since;
  else
    select sum(d.spent_cents) into spent from spend_days d where d.company_id = p.company_id and d.day >= since;
  end if;
  return coalesce(spent, 0);
end $$;
--> statement-breakpoint
-- What the runs that run now have reserved, or show to have used, and not paid yet.
create function budget_outstanding(p budget_policies) returns numeric language plpgsql stable as $$
declare
  cents numeric;
begin
  if p.scope = 'project' then
    select sum(greatest(r.reserved_cents, r.metered_cents, r.cost_cents) - r.cost_cents) into cents
    from heartbeat_runs r join issues i on i.company_id = r.company_id and i.id = r.issue_id
    where r.company_id = p.company_id and r.status = 'running' and i.project_id = p.project_id;
  elsif p.scope = 'agent' then
    select sum(greatest(r.reserved_cents, r.metered_cents, r.cost_cents) - r.cost_cents) into cents
    from heartbeat_runs r where r.company_id = p.company_id and r.agent_id = p.agent_id and r.status = 'running';
  else
    select sum(greatest(r.reserved_cents, r.metered_cents, r.cost_cents) - r.cost_cents) into cents
    from heartbeat_runs r where r.company_id = p.company_id and r.status = 'running';
  end if;
  return coalesce(cents, 0);
end $$;
--> statement-breakpoint
-- The budget that stands in the way of an agent's work, or null. Of several the agent's own is named first. `reserving` also
-- looks at what running runs have reserved: then there is no room yet, and there may be again.
create function budget_room(of_company uuid, of_agent uuid, of_project uuid, reserving boolean) returns jsonb language plpgsql stable as $$
declare
  p budget_policies;
  spent numeric;
  waits jsonb;
begin
  for p in
    select * from budget_policies b where b.company_id = of_company and b.hard_stop and b.amount_cents is not null
      and (b.scope = 'company' or b.agent_id = of_agent or b.project_id = of_project) order by b.scope, b.id
  loop
    spent := budget_spent(p);
    if spent >= p.amount_cents then
      return jsonb_build_object('reason', case p.scope when 'agent' then 'budget_exhausted' else p.scope || '_budget_exhausted' end,
        'scope', p.scope, 'policyId', p.id, 'window', p.budget_window, 'budgetCents', p.amount_cents, 'spentCents', spent);
    elsif reserving and waits is null and spent + budget_outstanding(p) >= p.amount_cents then
      waits := jsonb_build_object('reason', 'budget_reserved', 'scope', p.scope, 'policyId', p.id, 'window', p.budget_window,
        'budgetCents', p.amount_cents, 'spentCents', spent);
    end if;
  end loop;
  return waits;
end $$;
--> statement-breakpoint
-- What a run that is claimed now sets aside: what the agent's latest runs cost in the middle, at least the floor. Nothing where
-- no budget applies.
create function budget_reservation(of_company uuid, of_agent uuid, of_project uuid, floor_cents numeric) returns numeric language plpgsql stable as $$
begin
  if not exists (select 1 from budget_policies b where b.company_id = of_company and b.hard_stop and b.amount_cents is not null
      and (b.scope = 'company' or b.agent_id = of_agent or b.project_id = of_project)) then
    return 0;
  end if;
  return greatest(floor_cents, coalesce(usual_run_cents(of_company, of_agent), 0));
end $$;
--> statement-breakpoint
-- What the agent's last ten runs with a cost cost in the middle, of the last forty; null when none had one.
create function usual_run_cents(of_company uuid, of_agent uuid) returns numeric language sql stable parallel safe
return (
  select percentile_disc(0.5) within group (order by c.cost_cents) from (
    select l.cost_cents from (
      select r.id, r.status, r.cost_cents from heartbeat_runs r where r.company_id = of_company and r.agent_id = of_agent
      order by r.id desc limit 40) l
    where l.status not in ('queued', 'running') and l.cost_cents > 0 order by l.id desc limit 10) c);
--> statement-breakpoint
-- Whether a stop holds over an agent's work: what renewals answer by, without adding anything up.
create function budget_held(of_company uuid, of_agent uuid, of_project uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select 1 from budget_incidents n join budget_policies b on b.company_id = n.company_id and b.id = n.policy_id
    where n.company_id = of_company and n.lifted_at is null
      and (b.scope = 'company' or b.agent_id = of_agent or b.project_id = of_project));
end $$;
--> statement-breakpoint
-- Two places, one number: a monthly budget is a policy and a column of its agent or company, whichever is written.
create function agent_budget_is_policy() returns trigger language plpgsql as $$
begin
  insert into budget_policies as b (company_id, scope, agent_id, budget_window, amount_cents)
  values (new.company_id, 'agent', new.id, 'month', new.budget_monthly_cents)
  on conflict on constraint budget_policies_one do update set amount_cents = excluded.amount_cents, updated_at = now()
  where b.amount_cents is distinct from excluded.amount_cents;
  return null;
end $$;
--> statement-breakpoint
create trigger agents_budget_made after insert on agents for each row
when (new.budget_monthly_cents is not null) execute function agent_budget_is_policy();
--> statement-breakpoint
create trigger agents_budget_changed after update of budget_monthly_cents on agents for each row
when (new.budget_monthly_cents is distinct from old.budget_monthly_cents) execute function agent_budget_is_policy();
--> statement-breakpoint
create function company_budget_is_policy() returns trigger language plpgsql as $$
begin
  insert into budget_policies as b (company_id, scope, budget_window, amount_cents)
  values (new.id, 'company', 'month', new.budget_monthly_cents)
  on conflict on constraint budget_policies_one do update set amount_cents = excluded.amount_cents, updated_at = now()
  where b.amount_cents is distinct from excluded.amount_cents;
  return null;
end $$;
--> statement-breakpoint
create trigger companies_budget_made after insert on companies for each row
when (new.budget_monthly_cents is not null) execute function company_budget_is_policy();
--> statement-breakpoint
create trigger companies_budget_changed after update of budget_monthly_cents on companies for each row
when (new.budget_monthly_cents is distinct from old.budget_monthly_cents) execute function company_budget_is_policy();
--> statement-breakpoint
-- Looks before it writes: who founds a company may not change it.
create function policy_is_monthly_budget() returns trigger language plpgsql as $$
declare
  p budget_policies := case tg_op when 'DELETE' then old else new end;
  cents numeric := case tg_op when 'DELETE' then null else new.amount_cents end;
begin
  if p.budget_window <> 'month' then
    return null;
  elsif p.scope = 'agent' and exists (select 1 from agents a where a.company_id = p.company_id and a.id = p.agent_id
      and a.budget_monthly_cents is distinct from cents) then
    update agents set budget_monthly_cents = cents, updated_at = now() where company_id = p.company_id and id = p.agent_id;
  elsif p.scope = 'company' and exists (select 1 from companies c where c.id = p.company_id
      and c.budget_monthly_cents is distinct from cents) then
    update companies set budget_monthly_cents = cents, updated_at = now() where id = p.company_id;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger budget_policies_monthly after insert or delete or update of amount_cents on budget_policies for each row
execute function policy_is_monthly_budget();
--> statement-breakpoint
insert into budget_policies (company_id, scope, agent_id, budget_window, amount_cents)
select company_id, 'agent', id, 'month', budget_monthly_cents from agents where budget_monthly_cents is not null;
--> statement-breakpoint
insert into budget_policies (company_id, scope, budget_window, amount_cents)
select id, 'company', 'month', budget_monthly_cents from companies where budget_monthly_cents is not null;
--> statement-breakpoint
insert into spend_days (company_id, agent_id, day, project_id, spent_cents)
select company_id, agent_id, (occurred_at at time zone 'utc')::date, coalesce(project_id, '00000000-0000-0000-0000-000000000000'::uuid), sum(cost_cents)
from cost_events group by 1, 2, 3, 4;
