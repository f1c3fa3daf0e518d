import { type SQL, sql } from "drizzle-orm";
import { isAbove } from "../agents/chain-of-command.ts";

/** The request depth of the row `i` after an agent gave it to another one: one more outside its own chain, where it is a request. */
export const depthAfter = (agentId: string, assigneeId: string): SQL => sql`i.request_depth + case
  when i.assignee_agent_id = ${assigneeId}::uuid or ${agentId}::uuid = ${assigneeId}::uuid
    or ${isAbove(sql`i.company_id`, sql`${agentId}::uuid`, sql`${assigneeId}::uuid`)} then 0 else 1 end`;
