CREATE TYPE "public"."evidence_kind" AS ENUM('comment', 'work_product', 'document', 'attachment', 'url');--> statement-breakpoint
CREATE TYPE "public"."review_stage_kind" AS ENUM('review', 'approval');--> statement-breakpoint
CREATE TYPE "public"."review_stage_status" AS ENUM('pending', 'active', 'approved', 'changes_requested');--> statement-breakpoint
CREATE TYPE "public"."tree_hold_mode" AS ENUM('pause', 'cancel');--> statement-breakpoint
CREATE TYPE "public"."tree_hold_status" AS ENUM('active', 'released');--> statement-breakpoint
CREATE TABLE "issue_criteria" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"issue_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"text" text NOT NULL,
	"is_required" boolean DEFAULT true NOT NULL,
	"evidence_kind" "evidence_kind",
	"evidence_ref" text,
	"evidence_note" text,
	"met_by_agent_id" uuid,
	"met_by_user_id" text,
	"met_by_name" text,
	"met_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_criteria_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "issue_review_stages" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"issue_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" "review_stage_kind" NOT NULL,
	"reviewer_agent_id" uuid,
	"reviewer_user_id" text,
	"status" "review_stage_status" DEFAULT 'pending' NOT NULL,
	"note" text,
	"decided_by_agent_id" uuid,
	"decided_by_user_id" text,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_review_stages_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
CREATE TABLE "issue_tree_hold_issues" (
	"company_id" uuid NOT NULL,
	"hold_id" uuid NOT NULL,
	"issue_id" uuid NOT NULL,
	"former_status" "issue_status" NOT NULL,
	"had_run" boolean DEFAULT false NOT NULL,
	CONSTRAINT "issue_tree_hold_issues_company_id_hold_id_issue_id_pk" PRIMARY KEY("company_id","hold_id","issue_id")
);
--> statement-breakpoint
CREATE TABLE "issue_tree_holds" (
	"company_id" uuid NOT NULL,
	"id" uuid DEFAULT uuidv7() NOT NULL,
	"issue_id" uuid NOT NULL,
	"mode" "tree_hold_mode" NOT NULL,
	"status" "tree_hold_status" DEFAULT 'active' NOT NULL,
	"reason" text,
	"created_by_user_id" text,
	"created_by_name" text,
	"issue_count" integer DEFAULT 0 NOT NULL,
	"run_count" integer DEFAULT 0 NOT NULL,
	"released_by_user_id" text,
	"release_note" text,
	"released_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "issue_tree_holds_company_id_id_pk" PRIMARY KEY("company_id","id")
);
--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "blocked_owner_agent_id" uuid;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "blocked_owner_user_id" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "blocked_action" text;--> statement-breakpoint
ALTER TABLE "issue_interactions" ADD COLUMN "expires_at" timestamp with time zone DEFAULT now() + interval '7 days' NOT NULL;--> statement-breakpoint
ALTER TABLE "issue_criteria" ADD CONSTRAINT "issue_criteria_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_review_stages" ADD CONSTRAINT "issue_review_stages_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_review_stages" ADD CONSTRAINT "issue_review_stages_reviewer" FOREIGN KEY ("company_id","reviewer_agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_tree_hold_issues" ADD CONSTRAINT "issue_tree_hold_issues_of_hold" FOREIGN KEY ("company_id","hold_id") REFERENCES "public"."issue_tree_holds"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_tree_hold_issues" ADD CONSTRAINT "issue_tree_hold_issues_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issue_tree_holds" ADD CONSTRAINT "issue_tree_holds_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "issue_criteria_issue" ON "issue_criteria" USING btree ("company_id","issue_id","position");--> statement-breakpoint
CREATE INDEX "issue_review_stages_issue" ON "issue_review_stages" USING btree ("company_id","issue_id","position");--> statement-breakpoint
CREATE INDEX "issue_review_stages_active" ON "issue_review_stages" USING btree ("company_id","id") WHERE status = 'active';--> statement-breakpoint
CREATE INDEX "issue_tree_hold_issues_issue" ON "issue_tree_hold_issues" USING btree ("company_id","issue_id");--> statement-breakpoint
CREATE INDEX "issue_tree_holds_issue" ON "issue_tree_holds" USING btree ("company_id","issue_id","id");--> statement-breakpoint
CREATE INDEX "issue_tree_holds_pausing" ON "issue_tree_holds" USING btree ("company_id","issue_id") WHERE status = 'active' and mode = 'pause';--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_blocked_owner_agent" FOREIGN KEY ("company_id","blocked_owner_agent_id") REFERENCES "public"."agents"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "issues_of_interaction" ON "issues" USING btree ("company_id","origin_id","origin_fingerprint") WHERE origin_kind = 'interaction';--> statement-breakpoint
CREATE INDEX "issues_blocked_owner" ON "issues" USING btree ("company_id","blocked_owner_user_id","id") WHERE status = 'blocked' and blocked_owner_user_id is not null;--> statement-breakpoint
CREATE INDEX "issue_interactions_expiring" ON "issue_interactions" USING btree ("expires_at") WHERE status = 'pending';