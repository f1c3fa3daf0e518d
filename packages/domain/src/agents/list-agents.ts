import type { Agent } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";

/** The company's agents, newest first; terminated ones only when asked for. */
export async function listAgents(ctx: Ctx, input: InputOf<"agents.list">): Promise<Page<Agent>> {
  const state = input.status ? sql`a.status = ${input.status}::agent_status` : sql`a.status <> 'terminated'`;
  const key = input.urlKey ? sql`and a.url_key = ${input.urlKey}` : sql``;
  const older = olderThan(sql`a.id`, input.cursor);
  const rows = await ctx.db.rows<typeof schema.agents, AgentExtras>(
    schema.agents,
    sql`select ${agentColumns()} from agents a
      where a.company_id = ${ctx.db.companyId}::uuid and ${state} ${key} ${older ? sql`and ${older}` : sql``}
      order by a.id desc limit ${input.limit + 1}`,
  );
  return pageOf(rows, input.limit, (last) => [last.id]);
}
