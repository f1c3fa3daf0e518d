import { type Agent, agentConfigSnapshot } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { changeAgent } from "./change-agent.ts";

/**
 * Makes an agent what it was after a change, under the rules of any update: an address that may not be called any more, a
 * manager who left or a name that is taken refuse it. The budget stays; it is set by its own act.
 * @throws BoardroomError what updating throws
 */
export async function rollbackConfig(ctx: Ctx, { id, rid }: InputOf<"agents.rollbackConfig">): Promise<Agent> {
  const [row] = await ctx.db.raw<{ after_config: unknown }>(sql`
    select after_config from agent_config_revisions
    where company_id = ${ctx.db.companyId}::uuid and agent_id = ${id}::uuid and id = ${rid}::uuid`);
  const snapshot = agentConfigSnapshot.parse(found(row, "revision").after_config);
  return changeAgent(ctx, id, snapshot, { source: "rollback", rolledBackFrom: rid });
}
