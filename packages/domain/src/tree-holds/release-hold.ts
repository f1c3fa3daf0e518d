import { BoardroomError, type TreeHold } from "@boardroom/contract";
import { type ActivityEntry, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { isBlocked } from "../issues/blockers.ts";
import { causeParts, queuedRunIds } from "../issues/cause-parts.ts";
import { dispatchFreed, type Freed, freedRunIds } from "../issues/freed-by-issue.ts";
import { issueWhere } from "../issues/internal.ts";
import type { CauseRows } from "../issues/wake-causes.ts";
import { lockTree } from "../tree-lock.ts";
import { belowIssue } from "./tree-parts.ts";

interface Extras extends Freed {
  wasStatus: TreeHold["status"];
  queuedRunIds: string[] | null;
}

/**
 * Ends a hold. What it paused goes on: waiting runs are let go, and whose work was stopped is woken. What it cancelled is as it was,
 * but for work in progress, which is to do again, and for what somebody changed since.
 * @throws BoardroomError stale_state when it was released before
 */
export async function releaseHold(ctx: Ctx, input: InputOf<"treeHolds.release">): Promise<TreeHold> {
  const { id: ref, hid, note = null } = input;
  const { actor, db } = ctx;
  const { companyId } = db;
  const target = sql`t.company_id = ${companyId}::uuid and t.id = ${hid}::uuid
    and t.issue_id = (select issues.id from issues where ${issueWhere(companyId, ref)})`;
  const { rows } = await mutate<typeof schema.issueTreeHolds, Extras>(ctx, schema.issueTreeHolds, {
    before: [
      lockTree(companyId, "issues"),
      sql`select 1 from issue_tree_holds t where ${target} for no key update`,
      sql`select 1 from issues i where i.company_id = ${companyId}::uuid and i.id in (
        select n.issue_id from issue_tree_hold_issues n where n.company_id = ${companyId}::uuid and n.hold_id = ${hid}::uuid)
        order by i.id for no key update`,
    ],
    with: {
      hold: sql`select * from issue_tree_holds t where ${target}`,
      released: sql`
        update issue_tree_holds t set status = 'released', released_at = now(), release_note = ${note}::text,
          released_by_user_id = ${actor.type === "user" ? actor.id : null}::text
        from hold where hold.status = 'active' and t.company_id = hold.company_id and t.id = hold.id returning t.*`,
      kept: sql`
        select i.*, n.former_status, n.had_run from released r
        join issue_tree_hold_issues n on n.company_id = r.company_id and n.hold_id = r.id
        join issues i on i.company_id = n.company_id and i.id = n.issue_id`,
      restored: sql`
        update issues i set cancelled_at = null, updated_at = now(),
          status = case when k.former_status = 'in_progress' then 'todo' else k.former_status end
        from kept k join released r on r.mode = 'cancel'
        where i.company_id = k.company_id and i.id = k.id and k.status = 'cancelled' returning i.*`,
      freed: sql`
        update heartbeat_runs r set available_at = now(), updated_at = now() from released
        where released.mode = 'pause' and r.company_id = released.company_id and r.status = 'queued' and r.wait_reason = 'subtree_held'
          and r.issue_id in (select b.id from (${belowIssue(companyId, ref)}) b)
        returning r.company_id, r.id`,
      ...causeParts(ctx, [goingOn]),
    },
    activity: [releaseLogged, restoreLogged],
    select: sql`
      select shown.*, hold.status as was_status, ${queuedRunIds}, ${freedRunIds} from hold left join released shown on true`,
  });
  const hold = found(rows[0], "hold");
  if (hold.id === null)
    throw new BoardroomError("stale_state", "This hold was released already.", { status: hold.wasStatus });
  ctx.ports.dispatch((hold.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  dispatchFreed(ctx, hold);
  return hold;
}

/** Whose work was stopped, and who has something to do again. */
const goingOn: CauseRows = sql`
  select n.assignee_agent_id as agent_id, n.id as issue_id, 'hold_released' as reason, 0 as rank,
    jsonb_build_object('identifier', n.identifier, 'holdId', n.hold_id) as payload, ${isBlocked("n")} as is_blocked
  from (
    select k.company_id, k.id, k.identifier, k.assignee_agent_id, r.id as hold_id from kept k join released r on r.mode = 'pause'
    where k.had_run and k.status in ('todo', 'in_progress')
    union all
    select x.company_id, x.id, x.identifier, x.assignee_agent_id, r.id from restored x cross join released r where x.status = 'todo') n`;

const releaseLogged: ActivityEntry = {
  from: "released",
  action: sql`case mode when 'pause' then 'issue.tree_resumed' else 'issue.tree_restored' end`,
  entityType: "issue",
  entityId: sql`issue_id`,
  details: sql`jsonb_build_object('identifier', (select i.identifier from issues i where i.company_id = released.company_id and i.id = released.issue_id),
    'holdId', id, 'note', release_note, 'issueCount', (select count(*) from restored))`,
};

const restoreLogged: ActivityEntry = {
  from: "restored",
  action: "issue.status_changed",
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'oldStatus', 'cancelled',
    'changes', jsonb_build_object('status', jsonb_build_object('from', 'cancelled', 'to', status)))`,
};
