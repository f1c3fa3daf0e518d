CREATE TYPE "public"."environment_test_status" AS ENUM('pending', 'running', 'done', 'expired');--> statement-breakpoint
CREATE TYPE "public"."execution_workspace_status" AS ENUM('preparing', 'active', 'finalizing', 'finalized', 'failed', 'removed');--> statement-breakpoint
CREATE TYPE "public"."interaction_kind" AS ENUM('request_confirmation', 'suggest_tasks', 'ask_user_questions', 'request_checkbox_confirmation');--> statement-breakpoint
CREATE TYPE "public"."interaction_status" AS ENUM('pending', 'accepted', 'rejected', 'answered', 'cancelled', 'expired');--> statement-breakpoint
CREATE TYPE "public"."project_workspace_kind" AS ENUM('folder', 'repository');--> statement-breakpoint
CREATE TYPE "public"."runner_status" AS ENUM('active', 'draining', 'revoked');--> statement-breakpoint
CREATE TYPE "public"."tool_approval_status" AS ENUM('pending', 'allowed', 'denied', 'expired', 'cancelled');--> statement-breakpoint
CREATE TYPE "public"."tool_effect" AS ENUM('allow', 'ask', 'deny');--> statement-breakpoint
CREATE TYPE "public"."work_product_kind" AS ENUM('branch', 'commit', 'diff', 'link');--> statement-breakpoint
CREATE TYPE "public"."workspace_cleanup_policy" AS ENUM('on_issue_closed', 'keep');--> statement-breakpoint
CREATE TYPE "public"."workspace_mode" AS ENUM('shared', 'worktree');--> statement-breakpoint
CREATE TYPE "public"."workspace_operation_kind" AS ENUM('prepare', 'execute', 'finalize', 'cleanup');--> statement-breakpoint
CREATE TYPE "public"."workspace_operation_status" AS ENUM('running', 'succeeded', 'failed');--> statement-breakpoint
CREATE TABLE "environment_tests" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"adapter_type" text NOT NULL,
	"adapter_config" jsonb NOT NULL,
	"agent_id" uuid,
	"runner_id" uuid,
	"status" "environment_test_status" DEFAULT 'pending' NOT NULL,
	"report" jsonb,
	"requested_by_user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "environment_tests_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "runner_codes" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"code_hash" text NOT NULL,
	"name" text,
	"labels" text[] DEFAULT '{}'::text[] NOT NULL,
	"agent_ids" uuid[],
	"created_by_user_id" text,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"runner_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "runner_codes_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "runners" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"name" text NOT NULL,
	"status" "runner_status" DEFAULT 'active' NOT NULL,
	"public_key" text NOT NULL,
	"host" jsonb NOT NULL,
	"adapters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"labels" text[] DEFAULT '{}'::text[] NOT NULL,
	"agent_ids" uuid[],
	"slots" integer DEFAULT 1 NOT NULL,
	"connected_at" timestamp with time zone,
	"last_seen_at" timestamp with time zone,
	"created_by_user_id" text,
	"revoked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "runners_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "company_skills" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"files" jsonb NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_skills_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "company_skills_key" UNIQUE("company_id","key")
);
--> statement-breakpoint
CREATE TABLE "tool_approvals" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"run_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"issue_id" uuid,
	"call_id" text NOT NULL,
	"tool" text NOT NULL,
	"input" jsonb NOT NULL,
	"summary" text,
	"status" "tool_approval_status" DEFAULT 'pending' NOT NULL,
	"note" text,
	"decided_by_user_id" text,
	"decided_by_name" text,
	"rule_id" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tool_approvals_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "tool_approvals_call" UNIQUE("company_id","run_id","call_id")
);
--> statement-breakpoint
CREATE TABLE "tool_rules" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"position" integer NOT NULL,
	"effect" "tool_effect" NOT NULL,
	"tool" text NOT NULL,
	"shape" text,
	"adapter_type" text,
	"agent_id" uuid,
	"note" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tool_rules_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "execution_workspaces" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid,
	"project_workspace_id" uuid,
	"issue_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"runner_id" uuid,
	"mode" "workspace_mode" NOT NULL,
	"status" "execution_workspace_status" DEFAULT 'preparing' NOT NULL,
	"cwd" text,
	"branch" text,
	"base_ref" text,
	"repo_url" text,
	"error" text,
	"finalized_at" timestamp with time zone,
	"removed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "execution_workspaces_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "issue_interactions" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"issue_id" uuid NOT NULL,
	"kind" "interaction_kind" NOT NULL,
	"status" "interaction_status" DEFAULT 'pending' NOT NULL,
	"payload" jsonb NOT NULL,
	"result" jsonb,
	"idempotency_key" text,
	"created_by_agent_id" uuid,
	"created_by_user_id" text,
	"resolved_by_user_id" text,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_interactions_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "project_workspaces" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"project_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" "project_workspace_kind" NOT NULL,
	"path" text,
	"repo_url" text,
	"default_branch" text,
	"mode" "workspace_mode" DEFAULT 'worktree' NOT NULL,
	"cleanup_policy" "workspace_cleanup_policy" DEFAULT 'on_issue_closed' NOT NULL,
	"runner_id" uuid,
	"is_primary" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "project_workspaces_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "work_products" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"issue_id" uuid NOT NULL,
	"run_id" uuid,
	"execution_workspace_id" uuid,
	"kind" "work_product_kind" NOT NULL,
	"title" text NOT NULL,
	"url" text,
	"ref" text,
	"data" jsonb,
	"created_by_agent_id" uuid,
	"created_by_user_id" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "work_products_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "workspace_operations" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"execution_workspace_id" uuid NOT NULL,
	"run_id" uuid,
	"kind" "workspace_operation_kind" NOT NULL,
	"status" "workspace_operation_status" DEFAULT 'running' NOT NULL,
	"message" text,
	"details" jsonb,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "workspace_operations_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "agent_task_sessions" ADD COLUMN "runner_id" uuid;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "execution_workspace_settings" jsonb;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "runner_id" uuid;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "execution_workspace_id" uuid;--> statement-breakpoint
ALTER TABLE "environment_tests" ADD CONSTRAINT "environment_tests_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environment_tests" ADD CONSTRAINT "environment_tests_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "environment_tests" ADD CONSTRAINT "environment_tests_on_runner" FOREIGN KEY ("company_id","runner_id") REFERENCES "public"."runners"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_codes" ADD CONSTRAINT "runner_codes_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runner_codes" ADD CONSTRAINT "runner_codes_runner" FOREIGN KEY ("company_id","runner_id") REFERENCES "public"."runners"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "runners" ADD CONSTRAINT "runners_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_skills" ADD CONSTRAINT "company_skills_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_approvals" ADD CONSTRAINT "tool_approvals_of_run" FOREIGN KEY ("company_id","run_id") REFERENCES "public"."heartbeat_runs"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_approvals" ADD CONSTRAINT "tool_approvals_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_rules" ADD CONSTRAINT "tool_rules_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tool_rules" ADD CONSTRAINT "tool_rules_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_workspaces" ADD CONSTRAINT "execution_workspaces_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_workspaces" ADD CONSTRAINT "execution_workspaces_for_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_workspaces" ADD CONSTRAINT "execution_workspaces_of_project" FOREIGN KEY ("company_id","project_workspace_id") REFERENCES "public"."project_workspaces"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "execution_workspaces" ADD CONSTRAINT "execution_workspaces_on_runner" FOREIGN KEY ("company_id","runner_id") REFERENCES "public"."runners"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_interactions" ADD CONSTRAINT "issue_interactions_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_workspaces" ADD CONSTRAINT "project_workspaces_of_project" FOREIGN KEY ("company_id","project_id") REFERENCES "public"."projects"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "project_workspaces" ADD CONSTRAINT "project_workspaces_on_runner" FOREIGN KEY ("company_id","runner_id") REFERENCES "public"."runners"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_products" ADD CONSTRAINT "work_products_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "work_products" ADD CONSTRAINT "work_products_of_run" FOREIGN KEY ("company_id","run_id") REFERENCES "public"."heartbeat_runs"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "workspace_operations" ADD CONSTRAINT "workspace_operations_of_workspace" FOREIGN KEY ("company_id","execution_workspace_id") REFERENCES "public"."execution_workspaces"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "environment_tests_pending" ON "environment_tests" USING btree ("company_id","id") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "runner_codes_hash" ON "runner_codes" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "tool_approvals_pending" ON "tool_approvals" USING btree ("company_id","id") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "tool_rules_order" ON "tool_rules" USING btree ("company_id","position","id");--> statement-breakpoint
CREATE INDEX "execution_workspaces_issue" ON "execution_workspaces" USING btree ("company_id","issue_id","id");--> statement-breakpoint
CREATE INDEX "execution_workspaces_runner" ON "execution_workspaces" USING btree ("company_id","runner_id","status");--> statement-breakpoint
CREATE INDEX "issue_interactions_issue" ON "issue_interactions" USING btree ("company_id","issue_id","id");--> statement-breakpoint
CREATE INDEX "issue_interactions_pending" ON "issue_interactions" USING btree ("company_id","id") WHERE status = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "issue_interactions_once" ON "issue_interactions" USING btree ("company_id","issue_id","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "project_workspaces_project" ON "project_workspaces" USING btree ("company_id","project_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "project_workspaces_primary" ON "project_workspaces" USING btree ("company_id","project_id") WHERE is_primary;--> statement-breakpoint
CREATE INDEX "work_products_issue" ON "work_products" USING btree ("company_id","issue_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "work_products_ref" ON "work_products" USING btree ("company_id","issue_id","kind","ref") WHERE ref is not null;--> statement-breakpoint
CREATE INDEX "workspace_operations_workspace" ON "workspace_operations" USING btree ("company_id","execution_workspace_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "workspace_operations_step" ON "workspace_operations" USING btree ("company_id","run_id","kind") WHERE run_id is not null;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_runner" ON "heartbeat_runs" USING btree ("company_id","runner_id") WHERE status = 'running' and runner_id is not null;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_waiting_runner" ON "heartbeat_runs" USING btree ("company_id","id") WHERE status = 'queued' and wait_reason = 'runner';