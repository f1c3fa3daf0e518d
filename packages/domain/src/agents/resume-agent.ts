import { type Agent, type AgentStatus, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { agentSpent } from "../heartbeat/gates.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { followSchedule, scheduledWake } from "./follow-schedule.ts";
import { lockAgent } from "./lock-agent.ts";
import { mayTransit, refusedTransition } from "./transitions.ts";

interface Extras extends AgentExtras {
  wasStatus: AgentStatus;
  mayResume: boolean;
  spentCents: number;
  budgetCents: number | null;
  queuedRunIds: string[] | null;
}

/**
 * Resumes an agent that was paused or in error, and wakes it when open issues wait for it.
 * @throws BoardroomError invalid_transition; budget_exhausted while its month's budget is used up
 */
export async function resumeAgent(ctx: Ctx, { id, reason }: InputOf<"agents.resume">): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`
        select a.id, a.status, a.budget_monthly_cents, ${agentSpent(sql`a.company_id`, sql`a.id`)} as spent_cents
        from agents a where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid`,
      resumed: sql`
        update agents a set pause_reason = null, paused_at = null, updated_at = now(), status = case when exists (
          select 1 from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id and r.status = 'running')
          then 'running'::agent_status else 'idle' end
        from target where a.company_id = ${companyId}::uuid and a.id = target.id and ${mayTransit("resume", sql`target.status`)}
          and (target.budget_monthly_cents is null or target.spent_cents < target.budget_monthly_cents)
        returning a.*`,
      schedule: followSchedule("resumed"),
      ...wakeParts(companyId, ctx.actor, {
        from: "resumed",
        agentId: sql`cause.id`,
        source: "automation",
        reason: "agent_resumed",
        resuming: true,
        when: sql`exists (select 1 from issues i where i.company_id = cause.company_id and i.assignee_agent_id = cause.id
          and i.status in ('todo', 'in_progress', 'in_review'))`,
      }),
    },
    activity: [
      {
        from: "resumed",
        action: "agent.resumed",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'reason', ${reason ?? null}::text)`,
      },
    ],
    select: sql`
      select shown.*, target.status as was_status, ${mayTransit("resume", sql`target.status`)} as may_resume,
        target.spent_cents::float8 as spent_cents, target.budget_monthly_cents::float8 as budget_cents,
        (select array_agg(id) from queued_run) as queued_run_ids
      from target left join (select ${agentColumns(scheduledWake)} from resumed a) shown on true`,
  });
  const agent = found(rows[0], "agent");
  if (agent.id === null) throw agent.mayResume ? budgetUsedUp(agent) : refusedTransition("resume", agent.wasStatus);
  ctx.ports.dispatch((agent.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return agent;
}

const budgetUsedUp = ({ spentCents, budgetCents }: Extras) =>
  new BoardroomError("budget_exhausted", "The agent's monthly budget is used up. Raise it first.", {
    spentMonthlyCents: spentCents,
    budgetMonthlyCents: budgetCents,
  });
