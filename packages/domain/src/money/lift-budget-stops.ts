import { type Connection, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { followSchedule } from "../agents/follow-schedule.ts";
import type { Ctx } from "../context.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";

/** Whether a window is over in which a threshold was reached. */
export const budgetWindowsAreOver = sql`(select min(window_ends_at) from budget_incidents where lifted_at is null) <= now()`;

const companiesAtOnce = 200;

/**
 * Lifts the stops whose window is over, in all companies, and resumes the agents that stand still for nothing else; those that
 * the board keeps paused stay so.
 * @returns how many companies had any
 */
export async function liftBudgetStops(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const companies = await system.raw<{ company_id: string }>(sql`
    select distinct company_id from budget_incidents where lifted_at is null and window_ends_at <= now() limit ${companiesAtOnce}`);
  for (const { company_id } of companies) await liftIn(contextFor(company_id));
  return companies.length;
}

async function liftIn(ctx: Ctx): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.budgetIncidents, { runIds: string[] | null }>(
    ctx,
    schema.budgetIncidents,
    {
      before: sql`
      select 1 from agents where company_id = ${companyId}::uuid and id in (
        select p.agent_id from budget_incidents n join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
        where n.company_id = ${companyId}::uuid and n.lifted_at is null and n.window_ends_at <= now()) order by id for no key update`,
      with: {
        over: sql`
        select n.id, p.agent_id, p.scope, n.threshold, n.action, p.budget_window, p.window_days,
          n.threshold = 'alert' or p.amount_cents is null or budget_spent(p) < p.amount_cents as is_free
        from budget_incidents n join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
        where n.company_id = ${companyId}::uuid and n.lifted_at is null and n.window_ends_at <= now()`,
        lifted: sql`
        update budget_incidents n set lifted_at = case when over.is_free then now() end,
          window_ends_at = case when over.is_free then n.window_ends_at else budget_window_end(over.budget_window, over.window_days) end,
          action = case when over.is_free then coalesce(n.action, 'window_ended') else n.action end,
          resolved_at = case when over.is_free then coalesce(n.resolved_at, now()) else n.resolved_at end,
          status = case when over.is_free and n.status = 'open' then 'resolved' else n.status end
        from over where n.company_id = ${companyId}::uuid and n.id = over.id returning n.*`,
        resumed: sql`
        update agents a set pause_reason = null, paused_at = null, updated_at = now(), status = case when exists (
          select 1 from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id and r.status = 'running')
          then 'running'::agent_status else 'idle' end
        from over where over.is_free and over.threshold = 'stop' and over.scope = 'agent' and over.action is distinct from 'keep_paused'
          and a.company_id = ${companyId}::uuid and a.id = over.agent_id and a.status = 'paused' and a.pause_reason = 'budget'
          and budget_room(a.company_id, a.id, null, false) is null
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
          details: sql`jsonb_build_object('name', name, 'reason', 'budget_window_ended')`,
        },
      ],
      select: sql`select l.*, (select array_agg(id) from queued_run) as run_ids from lifted l limit 1`,
    },
  );
  ctx.ports.dispatch((rows[0]?.runIds ?? []).map((runId) => ({ companyId, runId })));
}
