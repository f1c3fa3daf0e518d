import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cancelGraceSeconds } from "../heartbeat/limits.ts";
import { systemEvent } from "../heartbeat/system-event.ts";

/**
 * CTEs that end the work of the agents in another CTE: queued runs are cancelled, running ones are asked to stop and keep
 * their lease only for the grace period, waiting wakes are skipped.
 * @param reason short and stable, stored as the reason of each: `agent_paused`
 */
export function stopWork(from: string, reason: string): Record<"stopped_runs" | "skipped_wakes" | "noted", SQL> {
  return {
    stopped_runs: sql`
      update heartbeat_runs r set cancel_reason = ${reason}::text, cancel_requested_at = coalesce(r.cancel_requested_at, now()),
        status = case when r.status = 'queued' then 'cancelled'::run_status else r.status end,
        finished_at = case when r.status = 'queued' then now() end,
        error_code = case when r.status = 'queued' then ${reason}::text else r.error_code end,
        lease_expires_at = case when r.status = 'running' then least(r.lease_expires_at, now() + make_interval(secs => ${cancelGraceSeconds})) end, updated_at = now()
      from ${sql.identifier(from)} idle
      where r.company_id = idle.company_id and r.agent_id = idle.id and r.status in ('queued', 'running')
      returning r.*`,
    skipped_wakes: sql`
      update wakes w set status = 'skipped', skip_reason = ${reason}::text, resolved_at = now()
      from ${sql.identifier(from)} idle
      where w.company_id = idle.company_id and w.agent_id = idle.id and (w.status = 'open' or (w.status = 'claimed'
        and w.id in (select wake_id from stopped_runs where status = 'cancelled')))
      returning w.id`,
    noted: systemEvent("stopped_runs", "cancel_requested", sql`'Asked to stop: ' || cancel_reason`),
  };
}

/** Runs on machines that were asked to stop. */
export interface StoppedOnMachines {
  stoppedOnMachines: { runId: string; runnerId: string }[];
}

/** The column of the above, read from `stopped_runs`. */
export const stoppedOnMachines = sql`coalesce((
  select jsonb_agg(jsonb_build_object('runId', r.id, 'runnerId', r.runner_id)) from stopped_runs r
  where r.status = 'running' and r.runner_id is not null), '[]') as stopped_on_machines`;

/** Tells machines at once which of their runs are to stop; their next renewal would. */
export function tellMachines({ db, ports }: Ctx, { stoppedOnMachines: stopped }: StoppedOnMachines): void {
  for (const { runId, runnerId } of stopped)
    ports.afterwards(() => ports.runnerHub.tell(db.companyId, [runnerId], { type: "cancel", runId }));
}

/** The audit rows of stopped runs. */
export const stoppedRunsActivity: ActivityEntry = {
  from: "stopped_runs",
  action: sql`case when status = 'cancelled' then 'run.cancelled' else 'run.cancel_requested' end`,
  entityType: "run",
  entityId: sql`id`,
  agentId: sql`agent_id`,
  runId: sql`id`,
  details: sql`jsonb_build_object('issueId', issue_id, 'reason', cancel_reason, 'status', status)`,
};
