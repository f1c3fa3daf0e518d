import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { isAbove } from "../agents/chain-of-command.ts";
import type { Actor } from "../context.ts";

/** People write, and of the agents the one that works on the issue and those above it; a branch over the row `i`. */
export const worksElsewhere = ({ agentId }: Actor): SQL =>
  agentId === null
    ? sql``
    : sql`when i.assignee_agent_id is distinct from ${agentId}::uuid
        and not ${isAbove(sql`i.company_id`, sql`${agentId}::uuid`, sql`i.assignee_agent_id`)} then 'not_yours'`;

export const notYours = () =>
  new BoardroomError("forbidden", "Only who works on the issue, or a manager of theirs, writes its documents.");
