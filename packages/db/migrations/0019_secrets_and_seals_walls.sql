select boardroom_protect(t::regclass) from unnest(array[
  'company_data_keys', 'secrets', 'secret_versions', 'secret_agents', 'secret_projects']) t;
--> statement-breakpoint
-- Append-only: nobody but the owner may change what was written.
select boardroom_protect(t::regclass, 'select, insert') from unnest(array['secret_access_events', 'audit_seals']) t;
--> statement-breakpoint
-- People's calls are led to their company by what they name, a secret too.
select boardroom_open_to_system('secrets', 'select');
--> statement-breakpoint
-- The tick wraps anew what an older master key sealed, and destroys values whose time has come.
select boardroom_open_to_system('company_data_keys', 'select, update (wrapped)');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select, update (sealed)') from unnest(array['agent_webhook_secrets', 'secret_versions']) t;
--> statement-breakpoint
grant update (sealed) on routine_trigger_secrets to boardroom_system;
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['secret_access_events', 'audit_seals']) t;
