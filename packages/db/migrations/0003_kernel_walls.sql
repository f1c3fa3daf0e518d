select boardroom_protect(t::regclass) from unnest(array[
  'company_schedules', 'agent_task_sessions', 'run_log_chunks', 'issue_blockers']) t;
--> statement-breakpoint
select boardroom_open_to_system('company_schedules', 'select, insert, update, delete');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['agent_task_sessions', 'issue_blockers']) t;
--> statement-breakpoint
grant select, insert, update on scheduler_state to boardroom_system;
--> statement-breakpoint
-- The last wall of the state machine, whatever statement comes: what has ended stays ended, and a fence only grows.
create function refuse_run_change() returns trigger language plpgsql as $$
begin
  raise exception 'A run that is % under fence % can''t become % under fence %', old.status, old.fence, new.status, new.fence
    using errcode = 'check_violation', constraint = 'heartbeat_runs_final';
end $$;
--> statement-breakpoint
create trigger heartbeat_runs_final before update on heartbeat_runs for each row
when ((old.status not in ('queued', 'running') and new.status <> old.status) or new.fence < old.fence)
execute function refuse_run_change();
--> statement-breakpoint
insert into company_schedules (company_id, next_due_at)
select company_id, min(next_wake_at) from agent_schedules where enabled group by company_id;
--> statement-breakpoint
alter table company_schedules set (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_cost_delay = 0, fillfactor = 70);
