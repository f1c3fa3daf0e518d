import type { Agent, AgentStatus } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { followSchedule } from "./follow-schedule.ts";
import { lockAgent } from "./lock-agent.ts";
import { type StoppedOnMachines, stoppedOnMachines, stoppedRunsActivity, stopWork, tellMachines } from "./stop-work.ts";
import { mayTransit, refusedTransition } from "./transitions.ts";

interface Extras extends AgentExtras, StoppedOnMachines {
  wasStatus: AgentStatus;
}

/**
 * Pauses an agent: its timer rests, its queued runs are cancelled, its running ones are asked to stop.
 * @throws BoardroomError invalid_transition
 */
export async function pauseAgent(ctx: Ctx, { id, reason }: InputOf<"agents.pause">): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`select id, status from agents where company_id = ${companyId}::uuid and id = ${id}::uuid`,
      paused: sql`
        update agents a set status = 'paused', pause_reason = ${reason ?? null}::text, paused_at = now(), updated_at = now()
        from target where a.company_id = ${companyId}::uuid and a.id = target.id and ${mayTransit("pause", sql`target.status`)}
        returning a.*`,
      schedule: followSchedule("paused"),
      ...stopWork("paused", "agent_paused"),
    },
    activity: [
      {
        from: "paused",
        action: "agent.paused",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'reason', pause_reason)`,
      },
      stoppedRunsActivity,
    ],
    select: sql`
      select shown.*, target.status as was_status, ${stoppedOnMachines}
      from target left join (select ${agentColumns(sql`null::timestamptz`)} from paused a) shown on true`,
  });
  const agent = found(rows[0], "agent");
  if (agent.id === null) throw refusedTransition("pause", agent.wasStatus);
  tellMachines(ctx, agent);
  return agent;
}
