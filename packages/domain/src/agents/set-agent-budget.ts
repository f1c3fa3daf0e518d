import type { Agent } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { agentSpent } from "../heartbeat/gates.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { followSchedule, scheduledWake } from "./follow-schedule.ts";
import { lockAgent } from "./lock-agent.ts";
import { type StoppedOnMachines, stoppedOnMachines, stoppedRunsActivity, stopWork, tellMachines } from "./stop-work.ts";
import { mayTransit } from "./transitions.ts";

const aboutBudget = {
  entityType: "agent",
  entityId: sql`id`,
  agentId: sql`id`,
  details: sql`jsonb_build_object('agentName', name, 'spentCents', spent_cents, 'budgetCents', budget_monthly_cents)`,
};

/** Sets an agent's monthly budget. One that is used up already pauses it; raising it again doesn't resume it by itself. */
export async function setAgentBudget(
  ctx: Ctx,
  { id, budgetMonthlyCents }: InputOf<"agents.setBudget">,
): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, AgentExtras & StoppedOnMachines>(ctx, schema.agents, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`
        select a.id, a.budget_monthly_cents as was_cents, spent.cents as spent_cents,
          coalesce(${mayTransit("pause", sql`a.status`)} and spent.cents >= ${budgetMonthlyCents}::numeric, false) as used_up,
          coalesce(spent.cents >= 0.8 * ${budgetMonthlyCents}::numeric and spent.cents < ${budgetMonthlyCents}::numeric, false)
            and not coalesce(spent.cents >= 0.8 * a.budget_monthly_cents, false) as alerts
        from agents a, lateral (select ${agentSpent(sql`a.company_id`, sql`a.id`)} as cents) spent where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid`,
      changed: sql`
        update agents a set budget_monthly_cents = ${budgetMonthlyCents}::numeric, updated_at = now(),
          status = case when target.used_up then 'paused'::agent_status else a.status end,
          pause_reason = case when target.used_up then 'budget' else a.pause_reason end,
          paused_at = case when target.used_up then now() else a.paused_at end
        from target where a.company_id = ${companyId}::uuid and a.id = target.id returning a.*`,
      paused: sql`select changed.*, target.spent_cents from changed join target on target.used_up`,
      alerted: sql`select changed.*, target.spent_cents from changed join target on target.alerts`,
      schedule: followSchedule("changed"),
      ...stopWork("paused", "budget_exhausted"),
    },
    activity: [
      {
        from: "changed",
        action: "agent.budget_set",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'budgetMonthlyCents', budget_monthly_cents,
          'before', (select was_cents from target))`,
      },
      { ...aboutBudget, from: "paused", action: "budget.exhausted" },
      { ...aboutBudget, from: "alerted", action: "budget.alert" },
      stoppedRunsActivity,
    ],
    select: sql`select ${agentColumns(scheduledWake)}, ${stoppedOnMachines} from changed a`,
  });
  const agent = found(rows[0], "agent");
  tellMachines(ctx, agent);
  return agent;
}
