import type { Agent } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { agentSpent } from "../heartbeat/gates.ts";
import type { InputOf } from "../input.ts";
import { monthlyPolicy } from "../money/monthly-policy.ts";
import { policyActivity, policyPartsBut } from "../money/policy-parts.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { configOf, keepRevision } from "./config-revision.ts";
import { followSchedule, scheduledWake } from "./follow-schedule.ts";
import { lockAgent } from "./lock-agent.ts";
import { type StoppedOnMachines, stoppedOnMachines, stopWork, tellMachines } from "./stop-work.ts";
import { mayTransit } from "./transitions.ts";

interface Extras extends AgentExtras, StoppedOnMachines {
  freedRunIds: string[] | null;
}

/** Sets an agent's monthly budget. One that is used up already pauses it; raising it again doesn't resume it by itself. */
export async function setAgentBudget(
  ctx: Ctx,
  { id, budgetMonthlyCents }: InputOf<"agents.setBudget">,
): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: lockAgent(companyId, id),
    with: {
      target: sql`
        select a.id, ${configOf("a")} as config, a.budget_monthly_cents as was_cents,
          coalesce(${mayTransit("pause", sql`a.status`)} and spent.cents >= ${budgetMonthlyCents}::numeric, false) as used_up
        from agents a, lateral (select ${agentSpent(sql`a.company_id`, sql`a.id`)} as cents) spent where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid`,
      changed: sql`
        update agents a set budget_monthly_cents = ${budgetMonthlyCents}::numeric, updated_at = now(),
          status = case when target.used_up then 'paused'::agent_status else a.status end,
          pause_reason = case when target.used_up then 'budget' else a.pause_reason end,
          paused_at = case when target.used_up then now() else a.paused_at end
        from target where a.company_id = ${companyId}::uuid and a.id = target.id returning a.*`,
      budget_paused: sql`select changed.* from changed join target on target.used_up`,
      policy: monthlyPolicy("agent", sql`select company_id, id as agent_id, budget_monthly_cents from changed`),
      ...policyPartsBut(companyId, "policy"),
      kept: keepRevision(ctx, { source: "budget", now: "changed", before: "target" }),
      schedule: followSchedule("changed"),
      ...stopWork("budget_paused", "budget_exhausted"),
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
      ...policyActivity,
    ],
    select: sql`select ${agentColumns(scheduledWake)}, ${stoppedOnMachines}, (select array_agg(id) from budget_freed) as freed_run_ids from changed a`,
  });
  const agent = found(rows[0], "agent");
  tellMachines(ctx, agent);
  ctx.ports.dispatch((agent.freedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return agent;
}
