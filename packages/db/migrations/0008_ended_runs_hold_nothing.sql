-- A checkout that raced the end of its own run may be younger than the snapshot of the statement that ended the run. A trigger
-- sees it, because its statements take snapshots of their own: whatever ends a run frees every issue that it holds.
create function free_issues_of_run() returns trigger language plpgsql as $$
begin
  with freed as (
    update issues set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
      status = case when status = 'in_progress' and new.status <> 'succeeded' then 'todo' else status end
    where company_id = new.company_id and checkout_run_id = new.id
    returning id, identifier, status)
  insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
  select new.company_id, 'system', 'system', 'Boardroom', 'issue.lock_released', 'issue', id::text, new.agent_id, new.id,
    jsonb_build_object('identifier', identifier, 'status', status) from freed;
  return null;
end $$;
--> statement-breakpoint
create trigger heartbeat_runs_free_issues after update on heartbeat_runs for each row
when (old.status = 'running' and new.status <> 'running') execute function free_issues_of_run();
