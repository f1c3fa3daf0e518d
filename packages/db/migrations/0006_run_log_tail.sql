DROP INDEX "heartbeat_runs_log";--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "log_open_from" bigint;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "has_log" boolean GENERATED ALWAYS AS (log_bytes > 0) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_log" ON "heartbeat_runs" USING btree ("finished_at") WHERE has_log and log_archived_at is null;