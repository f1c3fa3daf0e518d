import { BoardroomError, type OperationInput, type Operations, type Renewal } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { usageCents } from "../money/usage-cents.ts";
import { redact } from "../redaction/index.ts";
import { executorFence, leaseLost } from "./executor.ts";
import { cancelGraceSeconds } from "./limits.ts";
import { leaseSeconds, statesBefore } from "./run-guards.ts";

type Input = { id: string } & OperationInput<Operations["runs.renew"]>["body"];
interface Extras {
  renewed: boolean;
  /** Told to stop by this renewal: its time is up, or a budget is. */
  isStopped: boolean;
  agentName: string;
  hasSecrets: boolean;
  action: Renewal["action"];
  reason: string | null;
}

/**
 * Extends the lease and tells the executor what to do now. A run that is cancelled, past its deadline or out of money keeps its
 * lease only for the grace period. Tokens of a model with a known price are metered while it runs.
 * A renewal is a sign of life, not a decision: only its progress text, which becomes a run event, is logged, so that
 * viewers see it at once.
 * @throws BoardroomError lease_lost when the run ended, expired or was given out again
 */
export async function renewRun(
  ctx: Ctx,
  { id, fence: stated, usage, provider, model, progress: told }: Input,
): Promise<Renewal> {
  const fence = executorFence(ctx, id, stated);
  const progress = told === undefined ? undefined : redact(told);
  const { companyId } = ctx.db;
  const meter = usageCents(companyId, { usage, provider, model });
  const [run] = await ctx.db.rows<typeof schema.heartbeatRuns, Extras>(
    schema.heartbeatRuns,
    sql`with ${meter.prices} run as (
        select r.*, a.name as agent_name, ${hasSecrets} as has_secrets, case
            when r.cancel_requested_at is not null or r.deadline_at <= now() or money.stops then 'cancel'
            when a.status in ('paused', 'terminated') or c.status <> 'active' then 'pause'
            else 'continue' end as action,
          metered.cents as metered_now, case when r.cancel_requested_at is null and r.deadline_at <= now() then 'timeout'
            when r.cancel_requested_at is null and money.stops then 'budget_exhausted'
            else coalesce(r.cancel_reason, a.pause_reason, c.pause_reason) end as reason,
          ${leaseSeconds} as lease_seconds
        from heartbeat_runs r
        join agents a on a.company_id = r.company_id and a.id = r.agent_id
        join companies c on c.id = r.company_id
        left join issues i on i.company_id = r.company_id and i.id = r.issue_id
        cross join lateral (select greatest(r.metered_cents, ${meter.cents}) as cents offset 0) metered
        cross join lateral (select budget_held(r.company_id, r.agent_id, i.project_id)
          or (${usage !== undefined} and budget_over(r.company_id, r.agent_id, i.project_id, r.id, metered.cents - r.cost_cents)) as stops offset 0) money
        where r.company_id = ${companyId}::uuid and r.id = ${id}::uuid and r.agent_id = ${ctx.actor.agentId}::uuid
        for update of r),
      renewed as (
        update heartbeat_runs r set acknowledged_at = coalesce(r.acknowledged_at, now()), updated_at = now(),
          metered_cents = run.metered_now, usage_json = coalesce(${usage ? JSON.stringify(usage) : null}::jsonb, r.usage_json),
          last_progress_at = case when ${progress ?? null}::text is not null or ${usage ? JSON.stringify(usage) : null}::jsonb is distinct from r.usage_json
            and ${usage !== undefined} then now() else r.last_progress_at end,
          cancel_requested_at = case when run.action = 'cancel' then coalesce(r.cancel_requested_at, now()) end,
          cancel_reason = case when run.action = 'cancel' then coalesce(r.cancel_reason, run.reason) end,
          lease_expires_at = case when run.action = 'cancel'
            then least(r.lease_expires_at, coalesce(r.cancel_requested_at, now()) + make_interval(secs => ${cancelGraceSeconds}))
            else least(now() + make_interval(secs => run.lease_seconds), r.deadline_at + make_interval(secs => ${cancelGraceSeconds})) end
        from run where r.company_id = run.company_id and r.id = run.id
          and run.status in ${statesBefore("renew")} and run.fence = ${fence}::bigint and run.lease_expires_at > now()
        returning r.id, r.company_id, r.lease_expires_at, run.reason, run.action = 'cancel' and run.cancel_requested_at is null as is_stopped),
      noted as (
        insert into run_events (company_id, run_id, kind, message)
        select company_id, id, 'progress', ${progress ?? null}::text from renewed where ${progress ?? null}::text is not null
        returning company_id, run_id),
      noted_stop as (
        insert into run_events (company_id, run_id, kind, message)
        select company_id, id, reason, case reason when 'timeout' then 'The run took longer than it may: it was told to stop.'
          else 'A budget is used up: the run was told to stop.' end from renewed where is_stopped
        returning company_id, run_id, kind),
      told as (
        insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id)
        select company_id, 'agent', ${ctx.actor.id}::text, ${ctx.actor.name}::text, 'run.events_added', 'run', run_id::text,
          ${ctx.actor.agentId}::uuid, run_id
        from noted),
      told_stop as (
        insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
        select company_id, 'system', 'system', 'Boardroom', 'run.cancel_requested', 'run', run_id::text, ${ctx.actor.agentId}::uuid, run_id,
          jsonb_build_object('reason', kind)
        from noted_stop)
      select run.id, run.agent_id, run.status, run.agent_name, run.has_secrets, run.action, run.reason,
        renewed.lease_expires_at, renewed.id is not null as renewed, coalesce(renewed.is_stopped, false) as is_stopped
      from run left join renewed on true`,
  );
  if (!run) throw new BoardroomError("not_found", "No such run.");
  if (!run.renewed || !run.leaseExpiresAt) throw leaseLost({ status: run.status });
  if (progress || run.isStopped) ctx.committed();
  const { agentId, agentName, leaseExpiresAt, hasSecrets: hides } = run;
  const runToken = await ctx.ports.tokens.mintRunToken({
    companyId,
    agentId,
    agentName,
    runId: id,
    fence,
    expiresAt: leaseExpiresAt,
    hasSecrets: hides,
  });
  return { action: run.action, reason: run.reason, leaseExpiresAt, runToken, fence };
}

/** Whether the run `r` was given a secret. */
const hasSecrets = sql`exists (
  select 1 from secret_access_events e where e.company_id = r.company_id and e.run_id = r.id)`;
