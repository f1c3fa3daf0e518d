import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { isAbove } from "../agents/chain-of-command.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";

/** Who says when an issue is done: the board, who asked for it, and those above who works on it. Never who works on it. */
export const mayNotManage = (ctx: Ctx): SQL => {
  const { agentId } = ctx.actor;
  const ownWork = agentId
    ? sql`when i.assignee_agent_id = ${agentId}::uuid or not (i.created_by_agent_id is not distinct from ${agentId}::uuid
        or ${isAbove(sql`i.company_id`, sql`${agentId}::uuid`, sql`i.assignee_agent_id`)}) then 'not_yours'`
    : sql``;
  return sql`when not ${liveRunGuard(ctx)} then 'lease_lost' ${ownWork}
    when i.status in ('done', 'cancelled') then 'ended'`;
};

export const manageRefusals = {
  not_yours: () =>
    new BoardroomError(
      "forbidden",
      "Only the board, who asked for the work, or a manager of its assignee may say when it is done.",
    ),
  ended: () => new BoardroomError("conflict", "This issue has ended."),
};
