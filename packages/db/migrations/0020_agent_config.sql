CREATE TABLE "agent_config_revisions" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"agent_id" uuid NOT NULL,
	"source" text NOT NULL,
	"changed_keys" text[] DEFAULT '{}'::text[] NOT NULL,
	"before_config" jsonb NOT NULL,
	"after_config" jsonb NOT NULL,
	"rolled_back_from_revision_id" uuid,
	"created_by_agent_id" uuid,
	"created_by_user_id" text,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_config_revisions_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "agent_instructions" (
	"company_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"files" jsonb NOT NULL,
	"author_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "agent_instructions_company_id_agent_id_version_pk" PRIMARY KEY("company_id","agent_id","version")
);
--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "instructions_version" integer;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "origin_approval_id" uuid;--> statement-breakpoint
ALTER TABLE "agents" ADD COLUMN "origin_key" text;--> statement-breakpoint
ALTER TABLE "companies" ADD COLUMN "pauses_reports_with_manager" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "agent_config_revisions" ADD CONSTRAINT "agent_config_revisions_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agent_instructions" ADD CONSTRAINT "agent_instructions_of_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agent_config_revisions_agent" ON "agent_config_revisions" USING btree ("company_id","agent_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "agents_origin" ON "agents" USING btree ("company_id","origin_approval_id","origin_key") WHERE origin_approval_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "issues_plan" ON "issues" USING btree ("company_id","origin_id","origin_fingerprint") WHERE origin_kind = 'approval';