select boardroom_protect(t::regclass) from unnest(array[
  'routines', 'routine_revisions', 'routine_triggers', 'routine_trigger_secrets', 'routine_trigger_nonces', 'routine_runs']) t;
--> statement-breakpoint
-- The tick finds due triggers, a call its company, and a webhook the trigger that it names and the secret to check it by.
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['routines', 'routine_triggers', 'routine_trigger_secrets']) t;
