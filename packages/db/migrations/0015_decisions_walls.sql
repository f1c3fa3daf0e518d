select boardroom_protect(t::regclass) from unnest(array[
  'decision_policies', 'approval_votes', 'approval_revisions', 'issue_approvals', 'notifications', 'notification_preferences',
  'push_subscriptions', 'decision_snoozes']) t;
--> statement-breakpoint
-- What was signed stays as it is.
select boardroom_protect('approval_receipts', 'select, insert');
--> statement-breakpoint
select boardroom_open_to_system(t::regclass, 'select') from unnest(array[
  'decision_policies', 'approval_votes', 'approval_receipts', 'notifications', 'notification_preferences', 'push_subscriptions',
  'decision_snoozes']) t;
--> statement-breakpoint
update approvals set effect_at = decided_at, effected_at = decided_at where status = 'approved';
