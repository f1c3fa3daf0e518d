import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { moved, wasBefore } from "../issues/issue-changes.ts";
import { freedRuns } from "./freed-runs.ts";
import { lockAgentOfRun } from "./lock-agent-of-run.ts";
import { lockLimitedCompany } from "./lock-limited-company.ts";
import { statesBefore } from "./run-guards.ts";
import { systemEvent } from "./system-event.ts";

export interface RequeueInput {
  runId: string;
  fence: number;
  delayMs: number;
  error: string;
  errorCode: string;
}

/**
 * Gives a run back to the queue after a delivery that the agent didn't take; the same run, and so the same `webhook-id`,
 * goes out again after the delay. Does nothing when the agent ended or acknowledged the run meanwhile.
 */
export async function requeueRun(ctx: Ctx, input: RequeueInput): Promise<boolean> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.heartbeatRuns, { freedRunIds: string[] | null }>(
    ctx,
    schema.heartbeatRuns,
    {
      before: [lockAgentOfRun(companyId, input.runId), lockLimitedCompany(companyId)],
      with: {
        requeued: sql`
        update heartbeat_runs set status = 'queued', lease_expires_at = null, deadline_at = null, updated_at = now(), error = ${input.error}, error_code = ${input.errorCode},
          available_at = now() + make_interval(secs => ${input.delayMs / 1000})
        where company_id = ${companyId}::uuid and id = ${input.runId}::uuid and fence = ${input.fence}::bigint
          and status in ${statesBefore("requeue")} and acknowledged_at is null and cancel_requested_at is null
        returning *`,
        released: sql`
        update issues i set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
          status = case when i.status = 'in_progress' then 'todo' else i.status end
        from requeued where i.company_id = requeued.company_id and i.checkout_run_id = requeued.id
        returning i.company_id, i.id, i.identifier, i.status, i.assignee_agent_id, i.assignee_user_id, ${wasBefore}`,
        freed: freedRuns("requeued", "released"),
        agent: sql`
        update agents a set status = 'idle', updated_at = now() from requeued
        where a.company_id = requeued.company_id and a.id = requeued.agent_id and a.status = 'running'
          and not exists (select 1 from heartbeat_runs o where o.company_id = a.company_id and o.agent_id = a.id
            and o.status = 'running' and o.id <> requeued.id)
        returning a.id`,
        noted: systemEvent(
          "requeued",
          "delivery_failed",
          sql`error || ' Next delivery in ' || ${Math.round(input.delayMs / 1000)}::int || ' s.'`,
        ),
      },
      activity: [
        {
          from: "requeued",
          action: "run.delivery_failed",
          entityType: "run",
          entityId: sql`id`,
          agentId: sql`agent_id`,
          runId: sql`id`,
          details: sql`jsonb_build_object('error', error, 'errorCode', error_code, 'attempt', attempt)`,
        },
        {
          from: "released",
          action: "issue.lock_released",
          entityType: "issue",
          entityId: sql`id`,
          runId: sql`${input.runId}::uuid`,
          details: sql`jsonb_build_object('identifier', identifier, 'status', status, 'changes', ${moved})`,
        },
      ],
      select: sql`select requeued.*, (select array_agg(id) from freed) as freed_run_ids from requeued`,
    },
  );
  const [requeued] = rows;
  if (!requeued) return false;
  const freed = (requeued.freedRunIds ?? []).map((runId) => ({ companyId, runId }));
  ctx.ports.dispatch([{ companyId, runId: input.runId, delayMs: input.delayMs }, ...freed]);
  return true;
}
