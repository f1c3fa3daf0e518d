import { BoardroomError, type InvocationSource } from "@boardroom/contract";
import { mapRow, mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { leaseLost } from "./executor.ts";
import { refusal, refusalSentences } from "./gates.ts";
import { liveRunGuard } from "./live-run-guard.ts";
import { wakeParts } from "./wake-parts.ts";

export interface WakeRequest {
  agentId: string;
  source: InvocationSource;
  reason: string;
  triggerDetail: string | null;
  issueId: string | null;
  payload: Record<string, unknown> | null;
}
export interface WakeOutcome {
  wake: Row<typeof schema.wakes>;
  run: Row<typeof schema.heartbeatRuns> | null;
}
interface Extras {
  refusal: string | null;
  runRow: Record<string, unknown> | null;
}

/**
 * Wakes an agent on request: a new wake with its queued run, or the open one that the request merged into.
 * @throws BoardroomError forbidden for an agent that runs and asks for itself, budget_exhausted, company_not_active or agent_not_invokable with the reason, lease_lost
 */
export async function queueWake(ctx: Ctx, request: WakeRequest): Promise<WakeOutcome> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.wakes, Extras>(ctx, schema.wakes, {
    with: {
      target: sql`
        select a.id, case
            when not ${liveRunGuard(ctx)} then 'lease_lost'
            when a.id = ${ctx.actor.agentId}::uuid and exists (
              select 1 from heartbeat_runs r where r.company_id = a.company_id and r.agent_id = a.id and r.status = 'running') then 'self_wake'
            else ${refusal(sql`(select i.project_id from issues i where i.company_id = a.company_id and i.id = ${request.issueId}::uuid)`)} end as refusal
        from agents a join companies c on c.id = a.company_id
        where a.company_id = ${companyId}::uuid and a.id = ${request.agentId}::uuid`,
      ...wakeParts(companyId, ctx.actor, {
        from: "target",
        agentId: sql`cause.id`,
        issueId: sql`${request.issueId}::uuid`,
        source: request.source,
        reason: sql`${request.reason}::text`,
        triggerDetail: sql`${request.triggerDetail}::text`,
        payload: sql`${request.payload ? JSON.stringify(request.payload) : null}::jsonb`,
        when: sql`cause.refusal is null`,
        allowSelf: true,
      }),
    },
    activity: [
      {
        from: "woken",
        action: "agent.wake_requested",
        entityType: "agent",
        entityId: sql`agent_id`,
        agentId: sql`agent_id`,
        runId: sql`run_id`,
        details: sql`jsonb_build_object('reason', reason, 'source', source, 'issueId', issue_id, 'coalesced', not is_new)`,
      },
    ],
    select: sql`
      select woken.*, target.refusal, coalesce(
        (select to_jsonb(q) from queued_run q),
        (select to_jsonb(r) from heartbeat_runs r where r.company_id = woken.company_id and r.id = woken.run_id)) as run_row
      from target left join woken on true`,
  });
  const wake = rows[0];
  if (!wake) throw new BoardroomError("not_found", "No such agent.");
  if (wake.refusal) throw refusedWake(wake.refusal);
  const run = wake.runRow ? mapRow(schema.heartbeatRuns, wake.runRow) : null;
  if (run) ctx.ports.dispatch([{ companyId, runId: run.id }]);
  return { wake, run };
}

/** Woken by its own run an agent would never come to rest. */
export const selfWake = () => new BoardroomError("forbidden", "An agent can't wake itself while it runs.");

function refusedWake(reason: string): BoardroomError {
  if (reason === "lease_lost") return leaseLost();
  if (reason === "self_wake") return selfWake();
  const sentence = refusalSentences[reason] ?? "The agent can't be woken now.";
  if (reason.endsWith("budget_exhausted")) return new BoardroomError("budget_exhausted", sentence, { reason });
  if (reason.startsWith("company_")) return new BoardroomError("company_not_active", sentence, { reason });
  return new BoardroomError("agent_not_invokable", sentence, { reason });
}
