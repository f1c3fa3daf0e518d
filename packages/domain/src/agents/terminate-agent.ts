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
 * Lets an agent go for good: its work stops, its keys die, its open issues wait for somebody else. Its name becomes free.
 * @throws BoardroomError invalid_transition when it was terminated before
 */
export async function terminateAgent(ctx: Ctx, { id, reason }: InputOf<"agents.terminate">): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`select id, status from agents where company_id = ${companyId}::uuid and id = ${id}::uuid`,
      left_company: sql`
        update agents a set status = 'terminated', pause_reason = ${reason ?? null}::text, paused_at = null, updated_at = now(),
          url_key = a.url_key || '-' || right(a.id::text, 12)
        from target where a.company_id = ${companyId}::uuid and a.id = target.id and ${mayTransit("terminate", sql`target.status`)}
        returning a.*`,
      schedule: followSchedule("left_company"),
      ...stopWork("left_company", "agent_terminated"),
      revoked_keys: sql`
        update agent_keys k set revoked_at = now() from left_company
        where k.company_id = left_company.company_id and k.agent_id = left_company.id and k.revoked_at is null`,
      handed_back: sql`
        update issues i set assignee_agent_id = null, checkout_run_id = null, execution_run_id = null, execution_locked_at = null,
          status = case when i.status = 'backlog' then i.status else 'todo' end, updated_at = now()
        from left_company where i.company_id = left_company.company_id and i.assignee_agent_id = left_company.id
          and i.status not in ('done', 'cancelled')
        returning i.*`,
    },
    activity: [
      {
        from: "left_company",
        action: "agent.terminated",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'reason', pause_reason)`,
      },
      {
        from: "handed_back",
        action: "issue.unassigned",
        entityType: "issue",
        entityId: sql`id`,
        agentId: sql`${id}::uuid`,
        details: sql`jsonb_build_object('identifier', identifier, 'status', status, 'reason', 'agent_terminated')`,
      },
      stoppedRunsActivity,
    ],
    select: sql`
      select shown.*, target.status as was_status, ${stoppedOnMachines}
      from target left join (select ${agentColumns(sql`null::timestamptz`)} from left_company a) shown on true`,
  });
  const agent = found(rows[0], "agent");
  if (agent.id === null) throw refusedTransition("terminate", agent.wasStatus);
  tellMachines(ctx, agent);
  return agent;
}
