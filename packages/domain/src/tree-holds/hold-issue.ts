import { BoardroomError, type TreeHold } from "@boardroom/contract";
import { type ActivityEntry, mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { type StoppedOnMachines, stoppedOnMachines, stoppedRunsActivity, tellMachines } from "../agents/stop-work.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { cancelGraceSeconds } from "../heartbeat/limits.ts";
import { systemEvent } from "../heartbeat/system-event.ts";
import type { InputOf } from "../input.ts";
import { causeParts, queuedRunIds } from "../issues/cause-parts.ts";
import { issueWhere } from "../issues/internal.ts";
import { childrenCompleted } from "../issues/wake-causes.ts";
import { belowIssue, lockBelow, worksBelow } from "./tree-parts.ts";

interface Extras extends StoppedOnMachines {
  isHeld: boolean;
  queuedRunIds: string[] | null;
}

/**
 * Pauses or cancels an issue and all below it. Paused: runs at work are asked to stop, queued ones wait, and nothing starts below
 * until the hold is released. Cancelled: all that is open is cancelled with its runs; releasing the hold restores just that.
 * @throws BoardroomError already_exists when the issue itself is paused already
 */
export async function holdIssue(ctx: Ctx, input: InputOf<"treeHolds.create">): Promise<TreeHold> {
  const { id: ref, mode, reason = null } = input;
  const { actor, db } = ctx;
  const { companyId } = db;
  const isPause = mode === "pause";
  const { rows, replayed } = await mutate<typeof schema.issueTreeHolds, Extras>(ctx, schema.issueTreeHolds, {
    before: lockBelow(companyId, ref),
    with: {
      root: sql`
        select i.*, ${isPause}::boolean and exists (select 1 from issue_tree_holds t where t.company_id = i.company_id
          and t.issue_id = i.id and t.status = 'active' and t.mode = 'pause') as is_held
        from issues i where ${issueWhere(companyId, ref, "i")}`,
      below: sql`
        select i.* from (${belowIssue(companyId, ref)}) b join issues i on i.company_id = ${companyId}::uuid and i.id = b.id
        where exists (select 1 from root where not is_held)`,
      stopped_runs: isPause ? pausedRuns(companyId, ref) : cancelledRuns(companyId, ref),
      ...(isPause ? pauseParts : cancelParts),
      held: sql`
        insert into issue_tree_holds (company_id, issue_id, mode, reason, created_by_user_id, created_by_name, issue_count, run_count)
        select company_id, id, ${mode}::tree_hold_mode, ${reason}::text, ${actor.type === "user" ? actor.id : null}::text, ${actor.name}::text,
          (select count(*) from changed), (select count(*) from stopped_runs where status <> 'queued')
        from root where not is_held returning *`,
      remembered: sql`
        insert into issue_tree_hold_issues (company_id, hold_id, issue_id, former_status, had_run)
        select held.company_id, held.id, b.id, b.status, b.id in (select issue_id from run_issue)
        from held, below b where b.id in (select id from changed) or (${isPause}::boolean and b.id in (select issue_id from run_issue))`,
      noted: systemEvent("stopping", "cancel_requested", sql`'Asked to stop: ' || cancel_reason`),
      ...causeParts(ctx, isPause ? [] : [childrenCompleted(endedRoot)]),
    },
    activity: [holdLogged, ...(isPause ? [] : [cancelLogged]), stoppingLogged],
    select: sql`select held.*, root.is_held, ${stoppedOnMachines}, ${queuedRunIds} from root left join held on true`,
  });
  const hold = found(rows[0], "issue");
  if (hold.isHeld) throw new BoardroomError("already_exists", "This issue is paused already. Release it first.");
  if (!replayed) {
    tellMachines(ctx, hold);
    ctx.ports.dispatch((hold.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  }
  return hold;
}

const isNew = sql`exists (select 1 from root where not is_held)`;
const stopRunning = sql`
  cancel_requested_at = case when r.status = 'running' then coalesce(r.cancel_requested_at, now()) else r.cancel_requested_at end,
  lease_expires_at = case when r.status = 'running' then least(r.lease_expires_at, now() + make_interval(secs => ${cancelGraceSeconds})) end,
  updated_at = now()`;

/** Runs at work are asked to stop; queued ones stay, and wait. */
const pausedRuns = (companyId: string, ref: string): SQL => sql`
  update heartbeat_runs r set ${stopRunning},
    cancel_reason = case when r.status = 'running' then coalesce(r.cancel_reason, 'subtree_held') else r.cancel_reason end,
    wait_reason = case when r.status = 'queued' then 'subtree_held' end,
    available_at = case when r.status = 'queued' then greatest(r.available_at, now() + interval '10 minutes') else r.available_at end
  where ${worksBelow(companyId, ref)} and ${isNew} returning r.*`;

const cancelledRuns = (companyId: string, ref: string): SQL => sql`
  update heartbeat_runs r set ${stopRunning}, cancel_reason = coalesce(r.cancel_reason, 'subtree_cancelled'),
    status = case when r.status = 'queued' then 'cancelled'::run_status else r.status end,
    finished_at = case when r.status = 'queued' then now() end,
    error_code = case when r.status = 'queued' then 'subtree_cancelled' else r.error_code end
  where ${worksBelow(companyId, ref)} and ${isNew} returning r.*`;

const shared = {
  /** Those that a run worked on, or was woken for. */
  run_issue: sql`
    select r.issue_id from stopped_runs r where r.issue_id is not null and r.status <> 'queued'
    union
    select b.id from below b join stopped_runs r on r.id = b.checkout_run_id`,
  stopping: sql`select * from stopped_runs where status = 'running'`,
  ending: sql`select * from stopped_runs where status in ('running', 'cancelled')`,
};

const pauseParts = {
  ...shared,
  // A checkout that waits for one of them sees by this that it looked too early.
  changed: sql`
    update issues i set updated_at = now() from below b
    where i.company_id = b.company_id and i.id = b.id and b.status not in ('done', 'cancelled') returning i.*`,
};

const cancelParts = {
  ...shared,
  changed: sql`
    update issues i set status = 'cancelled', cancelled_at = now(), updated_at = now(), checkout_run_id = null, execution_run_id = null,
      execution_locked_at = null, blocked_owner_agent_id = null, blocked_owner_user_id = null, blocked_action = null
    from below b where i.company_id = b.company_id and i.id = b.id and b.status not in ('done', 'cancelled')
    returning i.*, b.status as old_status`,
  skipped_wakes: sql`
    update wakes w set status = 'skipped', skip_reason = 'subtree_cancelled', resolved_at = now() from stopped_runs r
    where r.status = 'cancelled' and w.company_id = r.company_id and w.id = r.wake_id and w.status in ('open', 'claimed') returning w.id`,
};

/** The issue itself as one that ended now, for who waits above it. */
const endedRoot = sql`from (
  select c.*, true as was_open from changed c join root on root.id = c.id) e`;

const holdLogged: ActivityEntry = {
  from: "held",
  action: sql`case mode when 'pause' then 'issue.tree_paused' else 'issue.tree_cancelled' end`,
  entityType: "issue",
  entityId: sql`issue_id`,
  details: sql`jsonb_build_object('identifier', (select identifier from root), 'holdId', id, 'reason', reason, 'issueCount', issue_count,
    'runCount', run_count)`,
};

const cancelLogged: ActivityEntry = {
  from: "changed",
  action: "issue.status_changed",
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', 'cancelled', 'oldStatus', old_status,
    'changes', jsonb_build_object('status', jsonb_build_object('from', old_status, 'to', 'cancelled')))`,
};

const stoppingLogged: ActivityEntry = { ...stoppedRunsActivity, from: "ending" };
