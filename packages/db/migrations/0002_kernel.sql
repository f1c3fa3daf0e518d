CREATE TABLE "agent_task_sessions" (
	"company_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"task_key" text NOT NULL,
	"issue_id" uuid,
	"session_id" text,
	"session_params" jsonb,
	"config_fingerprint" text,
	"cwd" text,
	"last_run_id" uuid NOT NULL,
	"last_run_status" text,
	"last_error" text,
	"run_count" integer DEFAULT 0 NOT NULL,
	"fruitless_runs" integer DEFAULT 0 NOT NULL,
	"quiet_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_task_sessions_company_id_agent_id_task_key_pk" PRIMARY KEY("company_id","agent_id","task_key")
);
--> statement-breakpoint
CREATE TABLE "company_schedules" (
	"company_id" uuid PRIMARY KEY NOT NULL,
	"next_due_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "scheduler_state" (
	"name" text PRIMARY KEY NOT NULL,
	"last_tick_at" timestamp with time zone NOT NULL,
	"last_tick_by" text NOT NULL,
	"rescued" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "issue_blockers" (
	"company_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"blocked_by_issue_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_blockers_company_id_issue_id_blocked_by_issue_id_pk" PRIMARY KEY("company_id","issue_id","blocked_by_issue_id")
);
--> statement-breakpoint
CREATE TABLE "run_log_chunks" (
	"company_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"byte_offset" bigint NOT NULL,
	"seq" integer NOT NULL,
	"byte_length" integer NOT NULL,
	"content" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "run_log_chunks_company_id_run_id_byte_offset_pk" PRIMARY KEY("company_id","run_id","byte_offset")
);
--> statement-breakpoint
DROP INDEX "agent_schedules_due";--> statement-breakpoint
DROP INDEX "heartbeat_runs_issue";--> statement-breakpoint
ALTER TABLE "agent_schedules" ADD COLUMN "empty_skips" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agent_schedules" ADD COLUMN "last_empty_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "max_concurrent_runs" integer;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "retry_number" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "wait_reason" text;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "error_family" text;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "deadline_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "last_progress_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "log_archived_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "agent_task_sessions" ADD CONSTRAINT "agent_task_sessions_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_schedules" ADD CONSTRAINT "company_schedules_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_blockers" ADD CONSTRAINT "issue_blockers_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_blockers" ADD CONSTRAINT "issue_blockers_blocking_issue" FOREIGN KEY ("company_id","blocked_by_issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "run_log_chunks" ADD CONSTRAINT "run_log_chunks_of_run" FOREIGN KEY ("company_id","run_id") REFERENCES "public"."heartbeat_runs"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "company_schedules_due" ON "company_schedules" USING btree ("next_due_at");--> statement-breakpoint
CREATE INDEX "issue_blockers_blocking" ON "issue_blockers" USING btree ("company_id","blocked_by_issue_id");--> statement-breakpoint
CREATE UNIQUE INDEX "run_log_chunks_seq" ON "run_log_chunks" USING btree ("company_id","run_id","seq");--> statement-breakpoint
CREATE INDEX "issues_stranded" ON "issues" USING btree ("updated_at") WHERE status = 'in_progress' and checkout_run_id is null and assignee_agent_id is not null;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_running" ON "heartbeat_runs" USING btree ("company_id") WHERE status = 'running';--> statement-breakpoint
CREATE INDEX "heartbeat_runs_log" ON "heartbeat_runs" USING btree ("finished_at") WHERE log_bytes > 0 and log_archived_at is null;--> statement-breakpoint
CREATE INDEX "agent_schedules_due" ON "agent_schedules" USING btree ("company_id","next_wake_at") WHERE enabled;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_issue" ON "heartbeat_runs" USING btree ("company_id","issue_id","id") WHERE issue_id is not null;