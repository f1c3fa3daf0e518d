select boardroom_protect(t::regclass) from unnest(array['milestones', 'webhook_endpoints', 'webhook_endpoint_secrets', 'webhook_deliveries']) t;
--> statement-breakpoint
-- A call finds its company by what it names; the tick finds what is due, and addresses that nobody looked at for a while.
select boardroom_open_to_system(t::regclass, 'select') from unnest(array['milestones', 'webhook_deliveries']) t;
--> statement-breakpoint
select boardroom_open_to_system('webhook_endpoints', 'select, update (checked_at)');
--> statement-breakpoint
select boardroom_open_to_system('webhook_endpoint_secrets', 'select, update (sealed)');
