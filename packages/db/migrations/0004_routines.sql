CREATE TYPE "public"."routine_catch_up_policy" AS ENUM('skip_missed', 'enqueue_missed_with_cap');--> statement-breakpoint
CREATE TYPE "public"."routine_concurrency_policy" AS ENUM('coalesce_if_active', 'always_enqueue', 'skip_if_active');--> statement-breakpoint
CREATE TYPE "public"."routine_run_source" AS ENUM('schedule', 'webhook', 'api', 'manual');--> statement-breakpoint
CREATE TYPE "public"."routine_run_status" AS ENUM('issue_created', 'coalesced', 'skipped', 'failed');--> statement-breakpoint
CREATE TYPE "public"."routine_signing_mode" AS ENUM('bearer', 'hmac_sha256', 'github_hmac');--> statement-breakpoint
CREATE TYPE "public"."routine_status" AS ENUM('active', 'paused', 'archived');--> statement-breakpoint
CREATE TYPE "public"."routine_trigger_kind" AS ENUM('schedule', 'webhook', 'api');--> statement-breakpoint
CREATE TABLE "routine_revisions" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"routine_id" uuid NOT NULL,
	"revision_number" integer NOT NULL,
	"snapshot" jsonb NOT NULL,
	"replaced_by_agent_id" uuid,
	"replaced_by_user_id" text,
	"replaced_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "routine_revisions_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "routine_revisions_number" UNIQUE("company_id","routine_id","revision_number")
);
--> statement-breakpoint
CREATE TABLE "routine_runs" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"routine_id" uuid NOT NULL,
	"trigger_id" uuid,
	"source" "routine_run_source" NOT NULL,
	"status" "routine_run_status" NOT NULL,
	"reason" text,
	"scheduled_for" timestamp with time zone,
	"missed_count" integer DEFAULT 0 NOT NULL,
	"variables" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"trigger_payload" jsonb,
	"linked_issue_id" uuid,
	"triggered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "routine_runs_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "routine_trigger_nonces" (
	"company_id" uuid NOT NULL,
	"trigger_id" uuid NOT NULL,
	"nonce" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "routine_trigger_nonces_company_id_trigger_id_nonce_pk" PRIMARY KEY("company_id","trigger_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "routine_trigger_secrets" (
	"company_id" uuid NOT NULL,
	"trigger_id" uuid NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "routine_trigger_secrets_company_id_trigger_id_pk" PRIMARY KEY("company_id","trigger_id")
);
--> statement-breakpoint
CREATE TABLE "routine_triggers" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"routine_id" uuid NOT NULL,
	"kind" "routine_trigger_kind" NOT NULL,
	"label" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"cron_expression" text,
	"timezone" text,
	"next_run_at" timestamp with time zone,
	"is_slot" boolean DEFAULT false NOT NULL,
	"public_id" text,
	"signing_mode" "routine_signing_mode",
	"replay_window_sec" integer,
	"last_fired_at" timestamp with time zone,
	"secret_rotated_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "routine_triggers_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "routines" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"project_id" uuid,
	"goal_id" uuid,
	"assignee_agent_id" uuid,
	"priority" "issue_priority" DEFAULT 'medium' NOT NULL,
	"status" "routine_status" DEFAULT 'active' NOT NULL,
	"concurrency_policy" "routine_concurrency_policy" DEFAULT 'coalesce_if_active' NOT NULL,
	"catch_up_policy" "routine_catch_up_policy" DEFAULT 'skip_missed' NOT NULL,
	"variables" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"revision_number" integer DEFAULT 1 NOT NULL,
	"created_by_agent_id" uuid,
	"created_by_user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "routines_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "routine_revisions" ADD CONSTRAINT "routine_revisions_of_routine" FOREIGN KEY ("company_id","routine_id") REFERENCES "public"."routines"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routine_runs" ADD CONSTRAINT "routine_runs_of_routine" FOREIGN KEY ("company_id","routine_id") REFERENCES "public"."routines"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routine_trigger_nonces" ADD CONSTRAINT "routine_trigger_nonces_of_trigger" FOREIGN KEY ("company_id","trigger_id") REFERENCES "public"."routine_triggers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routine_trigger_secrets" ADD CONSTRAINT "routine_trigger_secrets_of_trigger" FOREIGN KEY ("company_id","trigger_id") REFERENCES "public"."routine_triggers"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routine_triggers" ADD CONSTRAINT "routine_triggers_of_routine" FOREIGN KEY ("company_id","routine_id") REFERENCES "public"."routines"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routines" ADD CONSTRAINT "routines_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routines" ADD CONSTRAINT "routines_in_project" FOREIGN KEY ("company_id","project_id") REFERENCES "public"."projects"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routines" ADD CONSTRAINT "routines_for_goal" FOREIGN KEY ("company_id","goal_id") REFERENCES "public"."goals"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routines" ADD CONSTRAINT "routines_assignee_agent" FOREIGN KEY ("company_id","assignee_agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "routine_runs_routine" ON "routine_runs" USING btree ("company_id","routine_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "routine_runs_slot" ON "routine_runs" USING btree ("company_id","trigger_id","scheduled_for");--> statement-breakpoint
CREATE INDEX "routine_trigger_nonces_expiry" ON "routine_trigger_nonces" USING btree ("company_id","trigger_id","expires_at");--> statement-breakpoint
CREATE INDEX "routine_triggers_routine" ON "routine_triggers" USING btree ("company_id","routine_id","id");--> statement-breakpoint
CREATE INDEX "routine_triggers_due" ON "routine_triggers" USING btree ("next_run_at") WHERE next_run_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "routine_triggers_public" ON "routine_triggers" USING btree ("public_id");--> statement-breakpoint
CREATE INDEX "routines_status" ON "routines" USING btree ("company_id","status","id");--> statement-breakpoint
CREATE INDEX "routines_assignee" ON "routines" USING btree ("company_id","assignee_agent_id");--> statement-breakpoint
CREATE INDEX "routines_project" ON "routines" USING btree ("company_id","project_id");--> statement-breakpoint
CREATE INDEX "routines_goal" ON "routines" USING btree ("company_id","goal_id");--> statement-breakpoint
CREATE INDEX "activity_log_run" ON "activity_log" USING btree ("company_id","run_id") WHERE run_id is not null and actor_type = 'agent';--> statement-breakpoint
CREATE INDEX "issues_routine" ON "issues" USING btree ("company_id","origin_id","id") WHERE origin_kind = 'routine';