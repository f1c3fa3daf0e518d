CREATE TYPE "public"."decision_kind" AS ENUM('approval', 'interaction', 'tool_approval', 'budget_incident', 'blocked_issue');--> statement-breakpoint
CREATE TYPE "public"."notification_channel" AS ENUM('email', 'push');--> statement-breakpoint
CREATE TYPE "public"."notification_status" AS ENUM('pending', 'sending', 'sent', 'skipped', 'failed');--> statement-breakpoint
CREATE TABLE "approval_receipts" (
	"company_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"jws" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_receipts_company_id_approval_id_pk" PRIMARY KEY("company_id","approval_id")
);
--> statement-breakpoint
CREATE TABLE "approval_revisions" (
	"company_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"payload" jsonb NOT NULL,
	"note" text,
	"replaced_by_name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_revisions_company_id_approval_id_version_pk" PRIMARY KEY("company_id","approval_id","version")
);
--> statement-breakpoint
CREATE TABLE "approval_votes" (
	"company_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"user_name" text NOT NULL,
	"approves" boolean NOT NULL,
	"note" text,
	"selection" jsonb,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "approval_votes_company_id_approval_id_user_id_pk" PRIMARY KEY("company_id","approval_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "decision_policies" (
	"company_id" uuid NOT NULL,
	"type" "approval_type" NOT NULL,
	"quorum" integer NOT NULL,
	"minimum_role" "member_role" NOT NULL,
	"grace_seconds" integer NOT NULL,
	"escalate_after_sec" integer,
	"expires_after_sec" integer,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "decision_policies_company_id_type_pk" PRIMARY KEY("company_id","type")
);
--> statement-breakpoint
CREATE TABLE "decision_snoozes" (
	"company_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"kind" "decision_kind" NOT NULL,
	"decision_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	CONSTRAINT "decision_snoozes_company_id_user_id_kind_decision_id_pk" PRIMARY KEY("company_id","user_id","kind","decision_id")
);
--> statement-breakpoint
CREATE TABLE "issue_approvals" (
	"company_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"approval_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_approvals_company_id_issue_id_approval_id_pk" PRIMARY KEY("company_id","issue_id","approval_id")
);
--> statement-breakpoint
CREATE TABLE "notification_preferences" (
	"company_id" uuid NOT NULL,
	"user_id" text NOT NULL,
	"email_kinds" "decision_kind"[] NOT NULL,
	"push_kinds" "decision_kind"[] NOT NULL,
	"quiet_from" text,
	"quiet_to" text,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"urgent_breaks_quiet" boolean DEFAULT true NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notification_preferences_company_id_user_id_pk" PRIMARY KEY("company_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "notifications" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" text NOT NULL,
	"channel" "notification_channel" NOT NULL,
	"kind" "decision_kind" NOT NULL,
	"decision_id" uuid NOT NULL,
	"round" text DEFAULT '1' NOT NULL,
	"is_urgent" boolean DEFAULT false NOT NULL,
	"status" "notification_status" DEFAULT 'pending' NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"claimed_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"reached" uuid[] DEFAULT '{}'::uuid[] NOT NULL,
	"problem" text,
	"sent_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "notifications_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "notifications_once" UNIQUE("company_id","user_id","channel","kind","decision_id","round")
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"user_id" text NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"label" text NOT NULL,
	"last_reached_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "push_subscriptions_company_id_id_pk" PRIMARY KEY("company_id","id"),
	CONSTRAINT "push_subscriptions_endpoint" UNIQUE("company_id","user_id","endpoint")
);
--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "payload_version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "selection" jsonb;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "pending_since" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "escalated_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "effect_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "effected_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "approvals" ADD COLUMN "effect_problem" text;--> statement-breakpoint
ALTER TABLE "approval_receipts" ADD CONSTRAINT "approval_receipts_of_approval" FOREIGN KEY ("company_id","approval_id") REFERENCES "public"."approvals"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_revisions" ADD CONSTRAINT "approval_revisions_of_approval" FOREIGN KEY ("company_id","approval_id") REFERENCES "public"."approvals"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_of_approval" FOREIGN KEY ("company_id","approval_id") REFERENCES "public"."approvals"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_policies" ADD CONSTRAINT "decision_policies_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decision_snoozes" ADD CONSTRAINT "decision_snoozes_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_approvals" ADD CONSTRAINT "issue_approvals_of_approval" FOREIGN KEY ("company_id","approval_id") REFERENCES "public"."approvals"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_approvals" ADD CONSTRAINT "issue_approvals_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "push_subscriptions" ADD CONSTRAINT "push_subscriptions_company_id_companies_id_fk" FOREIGN KEY ("company_id") REFERENCES "public"."companies"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "issue_approvals_approval" ON "issue_approvals" USING btree ("company_id","approval_id","issue_id");--> statement-breakpoint
CREATE INDEX "notifications_due" ON "notifications" USING btree ("company_id","due_at") WHERE status in ('pending', 'sending');--> statement-breakpoint
CREATE INDEX "approvals_waiting" ON "approvals" USING btree ("company_id","pending_since") WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX "approvals_in_grace" ON "approvals" USING btree ("company_id","effect_at") WHERE status = 'approved' and effected_at is null;