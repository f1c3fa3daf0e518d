import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { statesBefore } from "./run-guards.ts";
import { systemEvent } from "./system-event.ts";

/**
 * Notes that the agent accepted a run (202), and what it calls it: from now on it must renew or complete before the lease
 * ends, or is asked how it does when it is of a kind that doesn't call back.
 */
export async function acknowledgeRun(
  ctx: Ctx,
  { runId, fence, externalRunId }: { runId: string; fence: number; externalRunId: string | null },
): Promise<void> {
  await mutate(ctx, schema.heartbeatRuns, {
    with: {
      acknowledged: sql`
        update heartbeat_runs set acknowledged_at = coalesce(acknowledged_at, now()), last_progress_at = now(), updated_at = now(),
          external_run_id = coalesce(${externalRunId}::text, external_run_id)
        where company_id = ${ctx.db.companyId}::uuid and id = ${runId}::uuid and fence = ${fence}::bigint and status in ${statesBefore("acknowledge")}
        returning *`,
      noted: systemEvent("acknowledged", "accepted", sql`'The agent accepted the run and works on it.'`),
    },
    activity: [
      {
        from: "acknowledged",
        action: "run.accepted",
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
      },
    ],
    select: sql`select * from acknowledged`,
  });
}
