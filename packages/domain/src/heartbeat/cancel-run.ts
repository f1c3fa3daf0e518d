import { BoardroomError, isEdgeAdapter } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { resolveConfig } from "../secrets/resolve-config.ts";
import { cancelGraceSeconds } from "./limits.ts";
import { lockAgentOfRun } from "./lock-agent-of-run.ts";
import { statesBefore } from "./run-guards.ts";
import { systemEvent } from "./system-event.ts";
import { webhookSecretContext } from "./webhook-secret-context.ts";

interface Extras {
  wasStatus: string;
  adapterType: string;
  adapterConfig: Record<string, unknown>;
  sealedSecrets: string[];
}
type CancelledRun = Row<typeof schema.heartbeatRuns, Extras>;

/**
 * Cancels a run: a queued one at once; a running one is asked to stop, by webhook or by its runner's hub and at its next
 * renewal, and loses its lease after the grace period.
 * @throws BoardroomError invalid_transition when it has ended already
 */
export async function cancelRun(
  ctx: Ctx,
  { id, reason }: { id: string; reason?: string | null | undefined },
): Promise<Row<typeof schema.heartbeatRuns>> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.heartbeatRuns, Extras>(ctx, schema.heartbeatRuns, {
    before: lockAgentOfRun(companyId, id),
    with: {
      run: sql`select * from heartbeat_runs where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      cancelled: sql`
        update heartbeat_runs r set cancel_reason = ${reason ?? null}::text, updated_at = now(),
          cancel_requested_at = coalesce(r.cancel_requested_at, now()),
          status = case when run.status = 'queued' then 'cancelled'::run_status else r.status end,
          finished_at = case when run.status = 'queued' then now() end,
          error_code = case when run.status = 'queued' then 'cancelled' else r.error_code end,
          lease_expires_at = case when r.status = 'running' then least(r.lease_expires_at, now() + make_interval(secs => ${cancelGraceSeconds})) end
        from run where run.status in ${statesBefore("cancel")} and r.company_id = run.company_id and r.id = run.id
        returning r.*`,
      wake: sql`
        update wakes w set status = 'skipped', skip_reason = 'cancelled', resolved_at = now()
        from cancelled where cancelled.status = 'cancelled' and w.company_id = cancelled.company_id and w.id = cancelled.wake_id
        returning w.id`,
      noted: systemEvent(
        "cancelled",
        "cancel_requested",
        sql`'The board asked to stop' || coalesce(': ' || cancel_reason, '.')`,
      ),
    },
    activity: [
      {
        from: "cancelled",
        action: "run.cancel_requested",
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
        details: sql`jsonb_build_object('reason', cancel_reason, 'status', status)`,
      },
    ],
    select: sql`
      select cancelled.*, run.status as was_status, a.adapter_type, a.adapter_config,
        array(select s.sealed from agent_webhook_secrets s where s.company_id = a.company_id and s.agent_id = a.id
          and (s.valid_until is null or s.valid_until > now()) order by s.valid_until desc nulls first) as sealed_secrets
      from run join agents a on a.company_id = run.company_id and a.id = run.agent_id left join cancelled on true`,
  });
  const run = rows[0];
  if (!run) throw new BoardroomError("not_found", "No such run.");
  if (run.id === null) throw new BoardroomError("invalid_transition", `This run has ended already (${run.wasStatus}).`);
  if (run.status === "running") ctx.ports.afterwards(() => tellAgent(ctx, run));
  return run;
}

/** Saying so is a courtesy: the lease ends the run with or without it. */
async function tellAgent(ctx: Ctx, run: CancelledRun): Promise<void> {
  if (run.runnerId !== null) {
    return ctx.ports.runnerHub.tell(ctx.db.companyId, [run.runnerId], { type: "cancel", runId: run.id });
  }
  if (!isEdgeAdapter(run.adapterType)) return;
  const context = webhookSecretContext(ctx.db.companyId);
  const secrets = await Promise.all(run.sealedSecrets.map((sealed) => ctx.ports.secrets.open(sealed, context)));
  const asked = { agentId: run.agentId, runId: run.id, purpose: "cancel" } as const;
  const { config } = await resolveConfig(ctx, run.adapterConfig, asked);
  await ctx.ports.invoke({
    adapterType: run.adapterType,
    config,
    secrets,
    runId: run.id,
    traceparent: `00-${run.id.replaceAll("-", "")}-${(run.fence ?? 0).toString(16).padStart(16, "0")}-01`,
    externalRunId: run.externalRunId,
    payload: {
      type: "heartbeat.cancel",
      timestamp: new Date().toISOString(),
      data: {
        agentId: run.agentId,
        companyId: run.companyId,
        runId: run.id,
        reason: run.cancelReason,
        fence: run.fence ?? 0,
      },
    },
  });
}
