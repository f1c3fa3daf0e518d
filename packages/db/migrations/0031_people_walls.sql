select boardroom_protect(t::regclass) from unnest(array['invites', 'join_requests']) t;
--> statement-breakpoint
-- Who opens a link is in no company yet.
select boardroom_open_to_system('invites', 'select, update (accepted_at, accepted_by_user_id, accepted_by_name)');
--> statement-breakpoint
select boardroom_open_to_system('join_requests', 'select, insert');
--> statement-breakpoint
grant select, insert, update, delete on cli_challenges to boardroom_system;
