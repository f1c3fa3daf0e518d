import { BoardroomError, type Runner } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { endRuns } from "./end-runs.ts";
import { type ExecutedRun, type RunnerExtras, runnerColumns, shownRunner } from "./runner-rows.ts";

interface Extras extends RunnerExtras {
  targetId: string;
  endedRuns: ExecutedRun[];
}

/**
 * Takes a machine's credential away for good. The leases of its runs end in the same statement, so that nothing it says of
 * them counts any more; they are tried again elsewhere.
 * @throws BoardroomError invalid_transition when it was revoked before
 */
export async function revokeRunner(ctx: Ctx, { id }: InputOf<"runners.revoke">): Promise<Runner> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.runners, Extras>(ctx, schema.runners, {
    with: {
      target: sql`select id as target_id, status as was_status from runners where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      revoked: sql`
        update runners m set status = 'revoked', revoked_at = now(), connected_at = null, updated_at = now() from target
        where m.company_id = ${companyId}::uuid and m.id = target.target_id and target.was_status <> 'revoked' returning m.*`,
      cut_off: sql`
        update heartbeat_runs r set lease_expires_at = now(), updated_at = now() from revoked
        where r.company_id = revoked.company_id and r.runner_id = revoked.id and r.status = 'running' returning r.id, r.fence`,
    },
    activity: [
      {
        from: "revoked",
        action: "runner.revoked",
        entityType: "runner",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'runs', (select count(*) from cut_off))`,
      },
    ],
    select: sql`
      select shown.*, target.target_id,
        coalesce((select jsonb_agg(jsonb_build_object('runId', id, 'fence', fence)) from cut_off), '[]') as ended_runs
      from target left join (select ${runnerColumns} from revoked m) shown on true`,
  });
  const runner = found(rows[0], "runner");
  if (runner.id === null) throw new BoardroomError("invalid_transition", "The runner was revoked before.");
  await ctx.ports.runnerHub.revoke(companyId, id);
  await endRuns(ctx, runner.endedRuns, { errorCode: "runner_revoked", error: "The runner was revoked." });
  return shownRunner(ctx, runner);
}
