import type { PendingDecision } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { pendingDecisions } from "./pending-decisions.ts";

/** All that waits for a person: what is urgent first, then what has waited longest. */
export const listDecisions = (
  { db, actor }: Ctx,
  { snoozed, limit }: InputOf<"decisions.list">,
): Promise<PendingDecision[]> =>
  db.raw<PendingDecision>(sql`
    select d.kind, d.id, d.title, d.asked_by as "askedBy", d.asked_by_agent_id as "askedByAgentId", d.issue_id as "issueId",
      d.issue_identifier as "issueIdentifier", d.assignee_user_id as "assigneeUserId", d.minimum_role as "minimumRole",
      d.is_urgent as "isUrgent", ${isoText(sql`d.since`)} as since, ${isoText(sql`d.until`)} as until, ${isoText(sql`s.until`)} as "snoozedUntil"
    from (${pendingDecisions(db.companyId)}) d
    left join decision_snoozes s on s.company_id = ${db.companyId}::uuid and s.user_id = ${actor.id}::text and s.kind = d.kind
      and s.decision_id = d.id and s.until > now()
    where ${snoozed}::boolean or s.until is null
    order by d.is_urgent desc, d.since, d.id limit ${limit}::int`);
