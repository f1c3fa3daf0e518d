import type { Agent } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { agentIdOf } from "./agent-id-of.ts";

export async function getAgent(ctx: Ctx, { id }: InputOf<"agents.get">): Promise<Agent> {
  const [agent] = await ctx.db.rows<typeof schema.agents, AgentExtras>(
    schema.agents,
    sql`select ${agentColumns()} from agents a
      where a.company_id = ${ctx.db.companyId}::uuid and a.id = ${agentIdOf(ctx, id)}::uuid`,
  );
  return found(agent, "agent");
}
