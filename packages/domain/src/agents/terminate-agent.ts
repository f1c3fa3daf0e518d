import type { Agent, AgentStatus } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { followSchedule } from "./follow-schedule.ts";
import { handedBackActivity, handOverParts } from "./hand-over.ts";
import { lockAgent } from "./lock-agent.ts";
import { type StoppedOnMachines, stoppedOnMachines, stoppedRunsActivity, stopWork, tellMachines } from "./stop-work.ts";
import { mayTransit, refusedTransition } from "./transitions.ts";

interface Extras extends AgentExtras, StoppedOnMachines {
  wasStatus: AgentStatus;
  queuedRunIds: string[] | null;
}

/**
 * Lets an agent go for good: its work stops, its keys die, its name becomes free. Its open issues go to its manager, or wait
 * for somebody, each with a comment that says why; those who reported to it report to its manager.
 * @throws BoardroomError invalid_transition when it was terminated before
 */
export async function terminateAgent(ctx: Ctx, { id, reason }: InputOf<"agents.terminate">): Promise<Agent> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: [lockTree(companyId, "agents"), lockAgent(companyId, id)],
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
      ...handOverParts(ctx),
      // One wake for all that came over: its inbox says what.
      ...wakeParts(companyId, ctx.actor, {
        from: "handed_over",
        agentId: sql`cause.heir_id`,
        source: "automation",
        reason: "issue_assigned",
        payload: sql`jsonb_build_object('handedBackBy', cause.name, 'issueIds', cause.issue_ids)`,
      }),
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
      ...handedBackActivity(id),
      stoppedRunsActivity,
    ],
    select: sql`
      select shown.*, target.status as was_status, ${stoppedOnMachines}, (select array_agg(q.id) from queued_run q) as queued_run_ids
      from target left join (select ${agentColumns(sql`null::timestamptz`)} from left_company a) shown on true`,
  });
  const agent = found(rows[0], "agent");
  if (agent.id === null) throw refusedTransition("terminate", agent.wasStatus);
  tellMachines(ctx, agent);
  ctx.ports.dispatch((agent.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return agent;
}
