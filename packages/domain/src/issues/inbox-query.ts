import { BoardroomError } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, readCursor } from "../paging.ts";
import { openStatuses } from "./transitions.ts";

const { issues } = schema;

const statusRank = sql<number>`array_position('{in_progress,todo,in_review,blocked}'::issue_status[], ${issues.status})`;
const priorityRank = sql<number>`array_position('{critical,high,medium,low}'::issue_priority[], ${issues.priority})`;

/** The issues that wait for the agent although it doesn't work on them: reviews at its stage, blocked work that names it. */
const askedOf = (agentId: string): SQL => sql`${issues.id} in (
  select s.issue_id from issue_review_stages s where s.company_id = issues.company_id and s.reviewer_agent_id = ${agentId}::uuid and s.status = 'active'
  union all
  select b.id from issues b where b.company_id = issues.company_id and b.blocked_owner_agent_id = ${agentId}::uuid and b.status = 'blocked')`;

/** Why an issue is in the agent's inbox. */
export const inboxReason = (agentId: string | null) => sql<"assigned" | "review" | "unblock">`case
  when ${issues.assigneeAgentId} = ${agentId}::uuid then 'assigned'
  when ${issues.blockedOwnerAgentId} = ${agentId}::uuid then 'unblock' else 'review' end`;

/** The parts of a query for the calling agent's open issues: what it began first, then by priority, the oldest first. */
export function inboxQuery(ctx: Ctx, cursor: string | undefined, withRequests = false) {
  const { agentId } = ctx.actor;
  if (agentId === null) throw new BoardroomError("forbidden", "Only an agent has this inbox.");
  const after = readCursor(cursor, [cursorForms.integer, cursorForms.integer, cursorForms.id]);
  const rest: SQL | undefined =
    after === null
      ? undefined
      : sql`(${statusRank}, ${priorityRank}, ${issues.id}) > (${after[0]}::int, ${after[1]}::int, ${after[2]}::uuid)`;
  return {
    keys: { statusRank, priorityRank },
    where: and(
      eq(issues.companyId, ctx.db.companyId),
      withRequests
        ? sql`(${issues.assigneeAgentId} = ${agentId}::uuid or ${askedOf(agentId)})`
        : eq(issues.assigneeAgentId, agentId),
      inArray(issues.status, [...openStatuses]),
      rest,
    ),
    order: [asc(statusRank), asc(priorityRank), asc(issues.id)],
  };
}
