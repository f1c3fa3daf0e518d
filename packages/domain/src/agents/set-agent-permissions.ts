import type { Agent } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { configOf, keepRevision } from "./config-revision.ts";
import { lockAgent } from "./lock-agent.ts";

/** Changes what an agent may do. */
export async function setAgentPermissions(
  ctx: Ctx,
  { id, canCreateAgents }: InputOf<"agents.permissions">,
): Promise<Agent> {
  const { rows } = await mutate<typeof schema.agents, AgentExtras>(ctx, schema.agents, {
    before: lockAgent(ctx.db.companyId, id),
    with: {
      target: sql`
        select id, ${configOf("agents")} as config from agents
        where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid`,
      changed: sql`
        update agents set permissions = permissions || jsonb_build_object('canCreateAgents', ${canCreateAgents}::boolean),
          updated_at = now()
        where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid returning *`,
      kept: keepRevision(ctx, { source: "permissions", now: "changed", before: "target" }),
    },
    activity: [
      {
        from: "changed",
        action: "agent.permissions_changed",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`permissions || jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select ${agentColumns()} from changed a`,
  });
  return found(rows[0], "agent");
}
