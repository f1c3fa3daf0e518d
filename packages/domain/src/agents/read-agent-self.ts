import type { AgentSelf } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { agentIdOf } from "./agent-id-of.ts";

/** The calling agent with its managers, the nearest first. */
export async function readAgentSelf(ctx: Ctx): Promise<AgentSelf> {
  const { companyId } = ctx.db;
  const agentId = agentIdOf(ctx, "me");
  const [agent] = await ctx.db.rows<typeof schema.agents, AgentExtras & Pick<AgentSelf, "chainOfCommand">>(
    schema.agents,
    sql`
      with recursive line as (
        select a.id, a.reports_to, a.name, a.role, a.title, a.status, array[a.id] as seen
        from agents a where a.company_id = ${companyId}::uuid and a.id = ${agentId}::uuid
        union all
        select m.id, m.reports_to, m.name, m.role, m.title, m.status, line.seen || m.id
        from line join agents m on m.company_id = ${companyId}::uuid and m.id = line.reports_to
        where m.id <> all (line.seen))
      select ${agentColumns()}, coalesce((
        select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'role', role, 'title', title) order by cardinality(seen))
        from line where id <> a.id and status <> 'terminated'), '[]') as chain_of_command
      from agents a where a.company_id = ${companyId}::uuid and a.id = ${agentId}::uuid`,
  );
  return found(agent, "agent");
}
