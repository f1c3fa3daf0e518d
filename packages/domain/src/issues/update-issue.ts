import { BoardroomError, type Issue, type IssueStatus } from "@boardroom/contract";
import { type ActivityEntry, mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { assign, idArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { commentLogged, insertComment } from "./comment-parts.ts";
import { issueWhere, statusArray, storedLabelIds } from "./internal.ts";
import { issueChanges } from "./issue-changes.ts";
import { type Refusal, refused, requireOneAssignee } from "./refusals.ts";
import { effectsOf, wakingStatuses } from "./transitions.ts";
import { judgeUpdate } from "./update-guard.ts";

export type IssueUpdate = Omit<InputOf<"issues.update">, "id">;
interface Extras {
  labelIds: string[];
  oldStatus: IssueStatus;
  refusal: Refusal | "transition" | null;
  queuedRunIds: string[] | null;
}

/**
 * Changes an issue; a comment may come along. A new assignee is woken, also when the issue becomes ready for the one it has.
 * @throws BoardroomError invalid_transition, invalid_reference, forbidden for what an agent may not do, conflict while another
 * agent holds the issue, lease_lost
 */
export async function updateIssue(ctx: Ctx, { id: ref, ...update }: InputOf<"issues.update">): Promise<Issue> {
  requireOneAssignee(update);
  const { companyId } = ctx.db;
  const { comment, labelIds, ...fields } = update;
  const logged: [ActivityEntry, ...ActivityEntry[]] = [changeLogged];
  if (comment) logged.push(commentLogged("commented"));
  const { rows } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    ...(fields.parentId && { before: lockTree(companyId, "issues") }),
    with: {
      locked: sql`select * from issues where ${issueWhere(companyId, ref)} for update`,
      asked: judgeUpdate(ctx, update),
      changed: sql`
        update issues i set ${assign(schema.issues, { ...fields, ...sideEffects(fields) })} from asked
        where i.company_id = asked.company_id and i.id = asked.id and asked.refusal is null returning i.*`,
      ...(labelIds && labelParts(labelIds)),
      difference: issueChanges(labelIds),
      ...(comment && { commented: insertComment(ctx.actor, "changed", comment) }),
      cause: sql`select changed.*, locked.assignee_agent_id as old_assignee, locked.status as old_status from changed, locked`,
      ...wakeParts(companyId, ctx.actor, {
        from: "cause",
        agentId: sql`cause.assignee_agent_id`,
        issueId: sql`cause.id`,
        source: "assignment",
        reason: fields.assigneeAgentId ? "issue_assigned" : "issue_status_changed",
        payload: sql`jsonb_build_object('identifier', cause.identifier, 'mutation', 'update')`,
        when: sql`cause.status = any(${statusArray(wakingStatuses)})
          and (cause.assignee_agent_id is distinct from cause.old_assignee or cause.status is distinct from cause.old_status)`,
      }),
    },
    activity: logged,
    select: sql`
      select changed.*, asked.refusal, asked.status as old_status, (select array_agg(id) from queued_run) as queued_run_ids,
        ${labelIds ? sql`array(select distinct unnest(${idArray(labelIds)}) order by 1)` : storedLabelIds("asked")} as label_ids
      from asked left join changed on true`,
  });
  const issue = found(rows[0], "issue");
  if (issue.refusal === "transition") throw badTransition(issue.oldStatus, update.status);
  if (issue.refusal) throw refused(issue.refusal);
  ctx.ports.dispatch((issue.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return issue;
}

/** What follows for the other columns: times of the state, the one assignee, the lock. */
function sideEffects({ status, assigneeAgentId, assigneeUserId }: IssueUpdate) {
  const effects = status && effectsOf(status);
  const nextAgent = assigneeUserId ? null : assigneeAgentId;
  const losesLock: SQL | null = effects?.releasesLock
    ? sql`true`
    : nextAgent !== undefined
      ? sql`i.assignee_agent_id is distinct from ${nextAgent}::uuid`
      : null;
  return {
    ...(effects && {
      startedAt: effects.starts ? sql`coalesce(i.started_at, now())` : undefined,
      completedAt: effects.completes ? sql`coalesce(i.completed_at, now())` : null,
      cancelledAt: effects.cancels ? sql`coalesce(i.cancelled_at, now())` : null,
    }),
    ...(assigneeAgentId && { assigneeUserId: null }),
    ...(assigneeUserId && { assigneeAgentId: null }),
    ...(losesLock && {
      checkoutRunId: sql`case when ${losesLock} then null else i.checkout_run_id end`,
      executionRunId: sql`case when ${losesLock} then null else i.execution_run_id end`,
      executionLockedAt: sql`case when ${losesLock} then null else i.execution_locked_at end`,
    }),
  };
}

const labelParts = (labelIds: string[]) => ({
  dropped: sql`
    delete from issue_labels l using changed
    where l.company_id = changed.company_id and l.issue_id = changed.id and l.label_id <> all(${idArray(labelIds)})`,
  added: sql`
    insert into issue_labels (company_id, issue_id, label_id)
    select changed.company_id, changed.id, label_id from changed, unnest(${idArray(labelIds)}) as label_id
    on conflict do nothing`,
});

const changeLogged: ActivityEntry = {
  from: "difference",
  action: sql`case when old_status <> status then 'issue.status_changed' else 'issue.updated' end`,
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'oldStatus', old_status, 'changes', changes)`,
};

function badTransition(from: IssueStatus, to: IssueStatus | undefined): BoardroomError {
  return new BoardroomError("invalid_transition", `An issue that is ${from} can't become ${to}.`, { from, to });
}
