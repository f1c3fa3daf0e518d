-- A company's turn is never later than its agents' timers, whatever statement sets one. The row is written also when its time
-- stays: by its version the tick knows that somebody was here since it looked.
create function advance_company_turn() returns trigger language plpgsql as $$
begin
  insert into company_schedules as c (company_id, next_due_at) values (new.company_id, new.next_wake_at)
  on conflict (company_id) do update set next_due_at = least(c.next_due_at, excluded.next_due_at);
  return null;
end $$;
--> statement-breakpoint
create trigger agent_schedules_made after insert on agent_schedules for each row
when (new.enabled) execute function advance_company_turn();
--> statement-breakpoint
-- The tick itself only moves timers to later, so it never comes here.
create trigger agent_schedules_sooner after update on agent_schedules for each row
when (new.enabled and (not old.enabled or new.next_wake_at < old.next_wake_at)) execute function advance_company_turn();
--> statement-breakpoint
insert into company_schedules as c (company_id, next_due_at)
select company_id, min(next_wake_at) from agent_schedules where enabled group by company_id
on conflict (company_id) do update set next_due_at = least(c.next_due_at, excluded.next_due_at);
