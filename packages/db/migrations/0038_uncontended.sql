DROP INDEX "approvals_status";--> statement-breakpoint
DROP INDEX "issues_status";--> statement-breakpoint
DROP INDEX "approvals_in_grace";--> statement-breakpoint
DROP INDEX "cost_events_issue";--> statement-breakpoint
DROP INDEX "cost_events_project";--> statement-breakpoint
DROP INDEX "cost_events_run";--> statement-breakpoint
CREATE INDEX "budget_incidents_since" ON "budget_incidents" USING btree ("created_at") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "notifications_pending" ON "notifications" USING btree ("due_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "notifications_sending" ON "notifications" USING btree ("claimed_until") WHERE status = 'sending';--> statement-breakpoint
CREATE INDEX "issue_review_stages_since" ON "issue_review_stages" USING btree ("updated_at") WHERE status = 'active' and reviewer_user_id is not null;--> statement-breakpoint
CREATE INDEX "approvals_since" ON "approvals" USING btree ("pending_since") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_escalated" ON "approvals" USING btree ("escalated_at") WHERE status = 'pending' and escalated_at is not null;--> statement-breakpoint
CREATE INDEX "issues_state_backlog" ON "issues" USING btree ("company_id","id") WHERE status = 'backlog';--> statement-breakpoint
CREATE INDEX "issues_state_todo" ON "issues" USING btree ("company_id","id") WHERE status = 'todo';--> statement-breakpoint
CREATE INDEX "issues_state_in_progress" ON "issues" USING btree ("company_id","id") WHERE status = 'in_progress';--> statement-breakpoint
CREATE INDEX "issues_state_in_review" ON "issues" USING btree ("company_id","id") WHERE status = 'in_review';--> statement-breakpoint
CREATE INDEX "issues_state_done" ON "issues" USING btree ("company_id","id") WHERE status = 'done';--> statement-breakpoint
CREATE INDEX "issues_state_blocked" ON "issues" USING btree ("company_id","id") WHERE status = 'blocked';--> statement-breakpoint
CREATE INDEX "issues_state_cancelled" ON "issues" USING btree ("company_id","id") WHERE status = 'cancelled';--> statement-breakpoint
CREATE INDEX "issues_open" ON "issues" USING btree ("company_id","priority","id" DESC NULLS FIRST) WHERE status not in ('done', 'cancelled');--> statement-breakpoint
CREATE INDEX "issues_workable" ON "issues" USING btree ("company_id","assignee_agent_id") WHERE status in ('todo', 'in_progress', 'in_review');--> statement-breakpoint
CREATE INDEX "issues_blocked_since" ON "issues" USING btree ("updated_at") WHERE status = 'blocked' and blocked_owner_user_id is not null;--> statement-breakpoint
CREATE INDEX "tool_approvals_since" ON "tool_approvals" USING btree ("created_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "issue_interactions_since" ON "issue_interactions" USING btree ("created_at") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_in_grace" ON "approvals" USING btree ("effect_at") WHERE status = 'approved' and effected_at is null;--> statement-breakpoint
CREATE INDEX "cost_events_issue" ON "cost_events" USING btree ("company_id","issue_id") WHERE issue_id is not null;--> statement-breakpoint
CREATE INDEX "cost_events_project" ON "cost_events" USING btree ("company_id","project_id","occurred_at") WHERE project_id is not null;--> statement-breakpoint
CREATE INDEX "cost_events_run" ON "cost_events" USING btree ("company_id","heartbeat_run_id") WHERE heartbeat_run_id is not null;--> statement-breakpoint
-- Their rows are few and change with every cost: with room on its page a new version stays there, and costs of many agents meet less.
ALTER TABLE "budget_spend" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "spend_days" SET (fillfactor = 50);--> statement-breakpoint
ALTER TABLE "agent_runtime_state" SET (fillfactor = 50);
