-- Both are trusted extensions: the owner of the database may make them.
create extension if not exists pg_trgm;
--> statement-breakpoint
create extension if not exists btree_gin;
--> statement-breakpoint
CREATE TABLE "search_entries" (
	"company_id" uuid NOT NULL,
	"entity_type" text NOT NULL,
	"entity_id" uuid NOT NULL,
	"issue_id" uuid,
	"title" text NOT NULL,
	"words" "tsvector" NOT NULL,
	CONSTRAINT "search_entries_company_id_entity_type_entity_id_pk" PRIMARY KEY("company_id","entity_type","entity_id")
);
--> statement-breakpoint
ALTER TABLE "search_entries" ADD CONSTRAINT "search_entries_of_issue" FOREIGN KEY ("company_id","issue_id") REFERENCES "public"."issues"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_entries_words" ON "search_entries" USING gin ("company_id","words");--> statement-breakpoint
CREATE INDEX "search_entries_title" ON "search_entries" USING gin ("company_id","title" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "search_entries_newest" ON "search_entries" USING btree ("company_id","entity_id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "search_entries_issue" ON "search_entries" USING btree ("company_id","issue_id");