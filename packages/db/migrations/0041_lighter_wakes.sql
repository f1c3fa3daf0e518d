-- A run refers to its wake together with its agent: one check instead of two, and the two can never name different agents.
ALTER TABLE "heartbeat_runs" DROP CONSTRAINT "heartbeat_runs_of_agent";
--> statement-breakpoint
ALTER TABLE "heartbeat_runs" DROP CONSTRAINT "heartbeat_runs_of_wake";
--> statement-breakpoint
ALTER TABLE "wakes" DROP CONSTRAINT "wakes_company_id_companies_id_fk";
--> statement-breakpoint
DROP INDEX "heartbeat_runs_wake";
--> statement-breakpoint
DROP INDEX "wakes_agent";
--> statement-breakpoint
ALTER TABLE "wakes" ADD CONSTRAINT "wakes_agent" UNIQUE("company_id","agent_id","id");
--> statement-breakpoint
ALTER TABLE "heartbeat_runs" ADD CONSTRAINT "heartbeat_runs_of_wake" FOREIGN KEY ("company_id","agent_id","wake_id") REFERENCES "public"."wakes"("company_id","agent_id","id") ON DELETE cascade ON UPDATE no action;
