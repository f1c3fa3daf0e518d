import type { OperationOutput, Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cleanupsOf } from "../workspaces/cleanups.ts";
import { endRuns } from "./end-runs.ts";
import { reportedHost } from "./register-runner.ts";
import { type ExecutedRun, type RunnerExtras, revoked, runnerColumns, shownRunner } from "./runner-rows.ts";

type Reconciliation = OperationOutput<Operations["runners.heartbeat"]>;
interface Extras extends RunnerExtras {
  runs: Reconciliation["runs"];
  orphans: ExecutedRun[];
  cleanup: Reconciliation["cleanup"];
}

/**
 * Takes what a machine says of itself, and says what becomes of the runs that it has in hand. What a crash interrupted ends
 * here and is tried again. Said on start, on reconnect and when something changed; never by the clock.
 * @throws BoardroomError forbidden when the runner was revoked
 */
export async function reconcileRunner(ctx: Ctx, input: InputOf<"runners.heartbeat">): Promise<Reconciliation> {
  const { companyId } = ctx.db;
  const runnerId = ctx.actor.id;
  const { rows } = await mutate<typeof schema.runners, Extras>(ctx, schema.runners, {
    with: {
      me: sql`
        select *, coalesce((host #>> '{reported,slots}')::int, slots) as said_slots,
          coalesce((host #>> '{reported,draining}')::boolean, false) as was_draining
        from runners where company_id = ${companyId}::uuid and id = ${runnerId}::uuid and status <> 'revoked' for update`,
      seen: seenRunner(input),
      news: sql`
        select seen.* from seen, me
        where (seen.host, seen.adapters, seen.slots, seen.status) is distinct from (me.host, me.adapters, me.slots, me.status)`,
      mine: sql`
        select r.id, r.fence, r.cancel_requested_at, r.lease_expires_at from me join heartbeat_runs r on r.company_id = me.company_id
          and r.runner_id = me.id and r.status = 'running'`,
    },
    activity: [
      {
        from: "news",
        action: "runner.reported",
        entityType: "runner",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'status', status, 'slots', slots,
          'adapters', jsonb_path_query_array(adapters, '$[*].type'))`,
      },
    ],
    select: sql`
      select ${runnerColumns}, ${actionsFor(input.runs)} as runs, ${orphansOf(input.interrupted)} as orphans,
        ${cleanupsOf(companyId, runnerId)} as cleanup
      from seen m`,
  });
  const [row] = rows;
  if (!row) throw revoked();
  const { orphans, runs, cleanup, ...runner } = row;
  const reasons = new Map(input.interrupted.map(({ runId, reason }) => [runId, reason]));
  for (const orphan of orphans) {
    const error = `The runner was interrupted: ${reasons.get(orphan.runId) ?? "it was restarted"}`;
    await endRuns(ctx, [orphan], { errorCode: "runner_restarted", error });
  }
  return { runner: await shownRunner(ctx, runner), runs, cleanup };
}

/** The board's own slots and draining stay until the machine says something else than before. */
function seenRunner({ host, adapters, slots, draining }: InputOf<"runners.heartbeat">) {
  return sql`
    update runners m set host = ${reportedHost(host, { slots, draining })}, adapters = ${JSON.stringify(adapters)}::jsonb, last_seen_at = now(),
      slots = case when me.said_slots = ${slots}::int then me.slots else ${slots}::int end,
      status = case when me.was_draining = ${draining}::boolean then me.status when ${draining}::boolean then 'draining' else 'active' end::runner_status
    from me where m.company_id = me.company_id and m.id = me.id returning m.*`;
}

const asRows = (runs: readonly ExecutedRun[]) =>
  sql`jsonb_to_recordset(${JSON.stringify(runs)}::jsonb) as x("runId" uuid, fence bigint)`;

/** What becomes of each run that the runner has in hand. */
const actionsFor = (runs: readonly ExecutedRun[]) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('runId', x."runId", 'action', case
    when mine.id is null or mine.lease_expires_at <= now() then 'superseded' when mine.cancel_requested_at is not null then 'cancel' else 'continue' end)), '[]')
  from ${asRows(runs)} left join mine on mine.id = x."runId" and mine.fence = x.fence)`;

/** Of the runs that a crash interrupted, those that nobody has ended or taken over. */
const orphansOf = (runs: readonly ExecutedRun[]) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('runId', mine.id, 'fence', mine.fence)), '[]')
  from ${asRows(runs)} join mine on mine.id = x."runId" and mine.fence = x.fence)`;
