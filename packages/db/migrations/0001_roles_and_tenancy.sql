-- Roles. They get their login and password from the operator; see the deploy guide.
do $$ begin create role boardroom_app nologin; exception when duplicate_object or unique_violation then null; end $$;
--> statement-breakpoint
do $$ begin create role boardroom_system nologin; exception when duplicate_object or unique_violation then null; end $$;
--> statement-breakpoint
grant usage on schema public to boardroom_app, boardroom_system;
--> statement-breakpoint
-- The company of the transaction; null, and so no row, when none is set.
create function boardroom_company() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.company_id', true), '')::uuid;
--> statement-breakpoint
-- Puts a tenant table behind the wall. Every migration that makes one calls this; `check` fails when it was forgotten.
create function boardroom_protect(target regclass, app_privileges text default 'select, insert, update, delete') returns void
language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s to boardroom_app using (company_id = (select boardroom_company())) with check (company_id = (select boardroom_company()))', target);
  execute format('grant %s on %s to boardroom_app', app_privileges, target);
end $$;
--> statement-breakpoint
-- Lets the system role at a tenant table across companies, with just these privileges.
create function boardroom_open_to_system(target regclass, privileges text) returns void
language plpgsql as $$
begin
  execute format('create policy system_access on %s to boardroom_system using (true) with check (true)', target);
  execute format('grant %s on %s to boardroom_system', privileges, target);
end $$;
--> statement-breakpoint
alter table companies enable row level security;
--> statement-breakpoint
alter table companies force row level security;
--> statement-breakpoint
create policy tenant on companies to boardroom_app using (id = (select boardroom_company())) with check (id = (select boardroom_company()));
--> statement-breakpoint
create policy system_access on companies to boardroom_system using (true) with check (true);
--> statement-breakpoint
grant select, update on companies to boardroom_app;
--> statement-breakpoint
grant select, insert on companies to boardroom_system;
--> statement-breakpoint
select boardroom_protect(t::regclass) from unnest(array[
  'memberships', 'agents', 'agent_keys', 'agent_webhook_secrets', 'agent_schedules', 'agent_runtime_state',
  'goals', 'projects', 'project_goals', 'labels', 'issues', 'issue_labels', 'comments', 'wakes', 'heartbeat_runs', 'run_events',
  'budget_spend', 'approvals', 'approval_comments']) t;
--> statement-breakpoint
-- Append-only: nobody but the owner may change what was written.
select boardroom_protect(t::regclass, 'select, insert') from unnest(array['cost_events', 'activity_log', 'idempotency_keys']) t;
--> statement-breakpoint
grant usage on sequence run_fence to boardroom_app, boardroom_system;
--> statement-breakpoint
select boardroom_open_to_system('memberships', 'select, insert');
--> statement-breakpoint
select boardroom_open_to_system('agents', 'select, update (status, last_heartbeat_at, updated_at)');
--> statement-breakpoint
select boardroom_open_to_system('agent_keys', 'select, update (last_used_at)');
--> statement-breakpoint
select boardroom_open_to_system('agent_schedules', 'select, update');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select, insert, update') from unnest(array['wakes', 'heartbeat_runs']) t;
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select, insert') from unnest(array['run_events', 'activity_log']) t;
--> statement-breakpoint
select boardroom_open_to_system('issues', 'select, update (status, checkout_run_id, execution_run_id, execution_locked_at, updated_at)');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['goals', 'projects', 'approvals', 'labels', 'comments', 'budget_spend']) t;
--> statement-breakpoint
-- What belongs to people rather than to a company is the system role's alone.
grant select, insert, update, delete on users, sessions, accounts, verifications, board_keys to boardroom_system;
--> statement-breakpoint
grant select, insert on user_idempotency_keys to boardroom_system;
--> statement-breakpoint
alter table agent_schedules set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0, fillfactor = 70);
