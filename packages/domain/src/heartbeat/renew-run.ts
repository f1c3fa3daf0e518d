import { BoardroomError, type OperationInput, type Operations, type Renewal } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { executorFence, leaseLost } from "./executor.ts";
import { cancelGraceSeconds, leaseSeconds } from "./limits.ts";

type Input = { id: string } & OperationInput<Operations["runs.renew"]>["body"];
interface Extras {
  renewed: boolean;
  agentName: string;
  action: Renewal["action"];
  reason: string | null;
}

/**
 * Extends the lease and tells the executor what to do now. A cancelled run keeps its lease only for the grace period.
 * A renewal is a sign of life, not a decision: only its progress text, which becomes a run event, is logged, so that
 * viewers see it at once.
 * @throws BoardroomError lease_lost when the run ended, expired or was given out again
 */
export async function renewRun(ctx: Ctx, { id, fence: stated, usage, progress }: Input): Promise<Renewal> {
  const fence = executorFence(ctx, id, stated);
  const { companyId } = ctx.db;
  const [run] = await ctx.db.rows<typeof schema.heartbeatRuns, Extras>(
    schema.heartbeatRuns,
    sql`with run as (
        select r.*, a.name as agent_name, case
            when r.cancel_requested_at is not null then 'cancel'
            when a.status in ('paused', 'terminated') or c.status <> 'active' then 'pause'
            else 'continue' end as action,
          coalesce(r.cancel_reason, a.pause_reason, c.pause_reason) as reason
        from heartbeat_runs r
        join agents a on a.company_id = r.company_id and a.id = r.agent_id
        join companies c on c.id = r.company_id
        where r.company_id = ${companyId}::uuid and r.id = ${id}::uuid and r.agent_id = ${ctx.actor.agentId}::uuid
        for update of r),
      renewed as (
        update heartbeat_runs r set acknowledged_at = coalesce(r.acknowledged_at, now()), updated_at = now(),
          usage_json = coalesce(${usage ? JSON.stringify(usage) : null}::jsonb, r.usage_json),
          lease_expires_at = case when run.action = 'cancel'
            then least(r.lease_expires_at, r.cancel_requested_at + make_interval(secs => ${cancelGraceSeconds}))
            else now() + make_interval(secs => ${leaseSeconds}) end
        from run where r.company_id = run.company_id and r.id = run.id
          and run.status = 'running' and run.fence = ${fence}::bigint and run.lease_expires_at > now()
        returning r.id, r.company_id, r.lease_expires_at),
      noted as (
        insert into run_events (company_id, run_id, kind, message)
        select company_id, id, 'progress', ${progress ?? null}::text from renewed where ${progress ?? null}::text is not null
        returning company_id, run_id),
      told as (
        insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id)
        select company_id, 'agent', ${ctx.actor.id}::text, ${ctx.actor.name}::text, 'run.events_added', 'run', run_id::text,
          ${ctx.actor.agentId}::uuid, run_id
        from noted)
      select run.id, run.agent_id, run.status, run.agent_name, run.action, run.reason,
        renewed.lease_expires_at, renewed.id is not null as renewed
      from run left join renewed on true`,
  );
  if (!run) throw new BoardroomError("not_found", "No such run.");
  if (!run.renewed || !run.leaseExpiresAt) throw leaseLost({ status: run.status });
  if (progress) ctx.committed();
  const { agentId, agentName, leaseExpiresAt } = run;
  const runToken = await ctx.ports.tokens.mintRunToken({
    companyId,
    agentId,
    agentName,
    runId: id,
    fence,
    expiresAt: leaseExpiresAt,
  });
  return { action: run.action, reason: run.reason, leaseExpiresAt, runToken, fence };
}
