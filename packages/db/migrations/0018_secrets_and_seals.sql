CREATE TYPE "public"."secret_status" AS ENUM('active', 'disabled');--> statement-breakpoint
CREATE TABLE "audit_seals" (
	"company_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"to_xid" bigint NOT NULL,
	"to_seq" bigint NOT NULL,
	"row_count" integer NOT NULL,
	"row_hashes" text NOT NULL,
	"payload" text NOT NULL,
	"hash" text NOT NULL,
	"signature" text NOT NULL,
	"public_key" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "audit_seals_company_id_position_pk" PRIMARY KEY("company_id","position")
);
--> statement-breakpoint
CREATE TABLE "company_data_keys" (
	"company_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"wrapped" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "company_data_keys_company_id_version_pk" PRIMARY KEY("company_id","version")
);
--> statement-breakpoint
CREATE TABLE "secret_access_events" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"secret_id" uuid NOT NULL,
	"secret_version" integer NOT NULL,
	"agent_id" uuid,
	"run_id" uuid,
	"purpose" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_access_events_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "secret_agents" (
	"company_id" uuid NOT NULL,
	"secret_id" uuid NOT NULL,
	"agent_id" uuid NOT NULL,
	CONSTRAINT "secret_agents_company_id_secret_id_agent_id_pk" PRIMARY KEY("company_id","secret_id","agent_id")
);
--> statement-breakpoint
CREATE TABLE "secret_projects" (
	"company_id" uuid NOT NULL,
	"secret_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	CONSTRAINT "secret_projects_company_id_secret_id_project_id_pk" PRIMARY KEY("company_id","secret_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "secret_versions" (
	"company_id" uuid NOT NULL,
	"secret_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"sealed" text,
	"data_key_version" integer NOT NULL,
	"destroy_at" timestamp with time zone,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secret_versions_company_id_secret_id_version_pk" PRIMARY KEY("company_id","secret_id","version")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text,
	"status" "secret_status" DEFAULT 'active' NOT NULL,
	"latest_version" integer DEFAULT 1 NOT NULL,
	"last_rotated_at" timestamp with time zone,
	"created_by_user_id" text,
	"deleted_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "secrets_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "routines" ADD COLUMN "env" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "projects" ADD COLUMN "env" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "audit_seals" ADD CONSTRAINT "audit_seals_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "company_data_keys" ADD CONSTRAINT "company_data_keys_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_access_events" ADD CONSTRAINT "secret_access_events_of_secret" FOREIGN KEY ("company_id","secret_id") REFERENCES "public"."secrets"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_agents" ADD CONSTRAINT "secret_agents_of_secret" FOREIGN KEY ("company_id","secret_id") REFERENCES "public"."secrets"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_agents" ADD CONSTRAINT "secret_agents_agent" FOREIGN KEY ("company_id","agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_projects" ADD CONSTRAINT "secret_projects_of_secret" FOREIGN KEY ("company_id","secret_id") REFERENCES "public"."secrets"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_projects" ADD CONSTRAINT "secret_projects_project" FOREIGN KEY ("company_id","project_id") REFERENCES "public"."projects"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_versions" ADD CONSTRAINT "secret_versions_of_secret" FOREIGN KEY ("company_id","secret_id") REFERENCES "public"."secrets"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secret_versions" ADD CONSTRAINT "secret_versions_data_key" FOREIGN KEY ("company_id","data_key_version") REFERENCES "public"."company_data_keys"("company_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "secrets" ADD CONSTRAINT "secrets_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_seals_place" ON "audit_seals" USING btree ("company_id","to_xid","to_seq");--> statement-breakpoint
CREATE INDEX "company_data_keys_master" ON "company_data_keys" USING btree (split_part(wrapped, '.', 2));--> statement-breakpoint
CREATE INDEX "secret_access_events_secret" ON "secret_access_events" USING btree ("company_id","secret_id","id");--> statement-breakpoint
CREATE INDEX "secret_access_events_run" ON "secret_access_events" USING btree ("company_id","run_id");--> statement-breakpoint
CREATE INDEX "secret_agents_agent" ON "secret_agents" USING btree ("company_id","agent_id");--> statement-breakpoint
CREATE INDEX "secret_projects_project" ON "secret_projects" USING btree ("company_id","project_id");--> statement-breakpoint
CREATE INDEX "secret_versions_destroy" ON "secret_versions" USING btree ("destroy_at") WHERE destroy_at is not null and sealed is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "secrets_key" ON "secrets" USING btree ("company_id","key") WHERE deleted_at is null;--> statement-breakpoint
CREATE INDEX "agent_webhook_secrets_master" ON "agent_webhook_secrets" USING btree (split_part(sealed, '.', 2));--> statement-breakpoint
CREATE INDEX "activity_log_recent" ON "activity_log" USING brin ("created_at");--> statement-breakpoint
CREATE INDEX "routine_trigger_secrets_master" ON "routine_trigger_secrets" USING btree (split_part(sealed, '.', 2));