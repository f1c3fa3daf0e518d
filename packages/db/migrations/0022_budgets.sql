CREATE TYPE "public"."budget_action" AS ENUM('raise_budget_and_resume', 'keep_paused', 'dismiss', 'budget_changed', 'window_ended', 'stopped');--> statement-breakpoint
CREATE TYPE "public"."budget_incident_status" AS ENUM('open', 'resolved', 'dismissed');--> statement-breakpoint
CREATE TYPE "public"."budget_policy_scope" AS ENUM('agent', 'project', 'company');--> statement-breakpoint
CREATE TYPE "public"."budget_threshold" AS ENUM('alert', 'stop');--> statement-breakpoint
CREATE TYPE "public"."budget_window" AS ENUM('day', 'week', 'month', 'rolling', 'lifetime');--> statement-breakpoint
CREATE TYPE "public"."cost_basis" AS ENUM('reported', 'estimated', 'unaccounted', 'corrected');--> statement-breakpoint
CREATE TABLE "budget_incidents" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"policy_id" uuid NOT NULL,
	"window_key" date NOT NULL,
	"window_ends_at" timestamp with time zone,
	"threshold" "budget_threshold" NOT NULL,
	"amount_cents" numeric(20, 6) NOT NULL,
	"spent_cents" numeric(20, 6) NOT NULL,
	"status" "budget_incident_status" DEFAULT 'open' NOT NULL,
	"action" "budget_action",
	"lifted_at" timestamp with time zone,
	"approval_id" uuid,
	"note" text,
	"resolved_by_user_id" text,
	"resolved_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_incidents_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "budget_policies" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"scope" "budget_policy_scope" NOT NULL,
	"agent_id" uuid,
	"project_id" uuid,
	"budget_window" "budget_window" NOT NULL,
	"window_days" integer,
	"amount_cents" numeric(20, 6),
	"alert_percent" integer DEFAULT 80 NOT NULL,
	"hard_stop" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "budget_policies_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "budget_policies_one" UNIQUE NULLS NOT DISTINCT("company_id","scope","agent_id","project_id","budget_window","window_days")
);
--> statement-breakpoint
CREATE TABLE "model_prices" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"valid_from" date NOT NULL,
	"input_cents" numeric(20, 6) NOT NULL,
	"cached_input_cents" numeric(20, 6) NOT NULL,
	"output_cents" numeric(20, 6) NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "model_prices_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "model_prices_from" UNIQUE("company_id","provider","model","valid_from")
);
--> statement-breakpoint
CREATE TABLE "spend_days" (
	"company_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"day" date NOT NULL,
	"project_id" uuid NOT NULL,
	"spent_cents" numeric(20, 6) DEFAULT 0 NOT NULL,
	CONSTRAINT "spend_days_company_id_agent_id_day_project_id_pk" PRIMARY KEY("company_id","agent_id","day","project_id")
);
--> statement-breakpoint
ALTER TABLE "cost_events" ADD COLUMN "basis" "cost_basis" DEFAULT 'reported' NOT NULL;--> statement-breakpoint
ALTER TABLE "cost_events" ADD COLUMN "basis_note" text;--> statement-breakpoint
ALTER TABLE "cost_events" ADD COLUMN "corrects_event_id" uuid;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "cost_basis" "cost_basis";--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "reserved_cents" numeric(20, 6) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD COLUMN "metered_cents" numeric(20, 6) DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "budget_incidents" ADD CONSTRAINT "budget_incidents_of_policy" FOREIGN KEY ("company_id","policy_id") REFERENCES "public"."budget_policies"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_policies" ADD CONSTRAINT "budget_policies_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_policies" ADD CONSTRAINT "budget_policies_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "budget_policies" ADD CONSTRAINT "budget_policies_of_project" FOREIGN KEY ("company_id","project_id") REFERENCES "public"."projects"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_prices" ADD CONSTRAINT "model_prices_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_days" ADD CONSTRAINT "spend_days_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "budget_incidents_once" ON "budget_incidents" USING btree ("company_id","policy_id","window_key","threshold","amount_cents");--> statement-breakpoint
CREATE INDEX "budget_incidents_open" ON "budget_incidents" USING btree ("company_id","id") WHERE status = 'open';--> statement-breakpoint
CREATE INDEX "budget_incidents_holding" ON "budget_incidents" USING btree ("company_id","policy_id") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "budget_incidents_over" ON "budget_incidents" USING btree ("window_ends_at") WHERE lifted_at is null;--> statement-breakpoint
CREATE INDEX "spend_days_day" ON "spend_days" USING btree ("company_id","day");--> statement-breakpoint
CREATE INDEX "spend_days_project" ON "spend_days" USING btree ("company_id","project_id","day");--> statement-breakpoint
CREATE INDEX "cost_events_corrects" ON "cost_events" USING btree ("company_id","corrects_event_id") WHERE corrects_event_id is not null;--> statement-breakpoint
CREATE INDEX "heartbeat_runs_unaccounted" ON "heartbeat_runs" USING btree ("finished_at") WHERE status in ('lost', 'timed_out') and cost_basis is null;