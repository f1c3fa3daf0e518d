import { BoardroomError, type Criterion, type Issue, type IssueStatus, type ReviewStage } from "@boardroom/contract";
import { type ActivityEntry, mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { assign, idArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { runsOfIssues } from "../heartbeat/freed-runs.ts";
import type { InputOf } from "../input.ts";
import { staleLogged, staleQuestions } from "../interactions/stale-questions.ts";
import { criteriaOf, isOpenStage, isUnmet, stagesOf } from "../reviews/stage-parts.ts";
import { machinelessRuns } from "../runners/takes-run.ts";
import { lockTree } from "../tree-lock.ts";
import { blockedColumns } from "./blocked-owner.ts";
import { blockersLogged, nextBlockedBy, replaceBlockers, wantedBlockers } from "./blocker-parts.ts";
import { blockedError, storedBlocks } from "./blockers.ts";
import { causeParts, queuedRunIds } from "./cause-parts.ts";
import { commentLogged, insertComment } from "./comment-parts.ts";
import { dispatchFreed, type Freed, letGo } from "./freed-by-issue.ts";
import { type IssueExtras, issueWhere, lockIssue, storedLabelIds } from "./internal.ts";
import { issueChanges } from "./issue-changes.ts";
import { placeAfter } from "./place-parts.ts";
import { evidenceMissing, type Refusal, refused, requireOneAssignee, reviewOpen } from "./refusals.ts";
import { depthAfter } from "./request-depth.ts";
import { effectsOf } from "./transitions.ts";
import { causesOf } from "./update-causes.ts";
import { judgeUpdate } from "./update-guard.ts";

export type IssueUpdate = Omit<InputOf<"issues.update">, "id">;
interface Extras extends IssueExtras, Freed {
  askedId: string;
  oldStatus: IssueStatus;
  refusal: Refusal | "transition" | "blocked" | "review_open" | "evidence_missing" | null;
  openStages: ReviewStage[];
  unmet: Criterion[];
  queuedRunIds: string[] | null;
}

/**
 * Changes an issue; a comment may come along. Whom the change concerns is woken: see `causesOf`. When its lock goes with the
 * change, so do the runs that waited for it.
 * @throws BoardroomError invalid_transition, invalid_reference, forbidden for what an agent may not do, conflict while another
 * agent holds the issue, blocked_by_issues when an agent starts what others have to precede, lease_lost
 */
export async function updateIssue(ctx: Ctx, { id: ref, ...update }: InputOf<"issues.update">): Promise<Issue> {
  requireOneAssignee(update);
  const { companyId } = ctx.db;
  const { comment, labelIds, blockedByIssueIds, blocked, overrideNote, ...fields } = update;
  const logged: [ActivityEntry, ...ActivityEntry[]] = [changeLogged];
  if (blockedByIssueIds) logged.push(blockersLogged);
  if (overrideNote) logged.push(overrideLogged(overrideNote));
  if (comment) logged.push(commentLogged("commented"), ...staleLogged(ctx.actor));
  const { rows } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    before: [...(touchesOthers(update) ? [lockTree(companyId, "issues")] : []), lockIssue(companyId, ref)],
    with: {
      ...(blockedByIssueIds && { wanted_blocker: wantedBlockers(companyId, blockedByIssueIds) }),
      locked: sql`select * from issues where ${issueWhere(companyId, ref)}`,
      asked: judgeUpdate(ctx, update),
      changed: sql`
        update issues i set ${assign(schema.issues, { ...fields, ...placeAfter(update), ...sideEffects(ctx, update) })} from asked
        where i.company_id = asked.company_id and i.id = asked.id and asked.refusal is null returning i.*`,
      ...(labelIds && labelParts(labelIds)),
      difference: issueChanges(labelIds),
      ...(comment && {
        commented: insertComment(ctx.actor, "changed", comment),
        ...staleQuestions(ctx.actor, "commented", "changed"),
      }),
      ...(blockedByIssueIds && replaceBlockers(blockedByIssueIds)),
      ...causeParts(ctx, causesOf(ctx, update)),
      let_go: letGo("locked"),
      freed: runsOfIssues("let_go"),
      machineless: machinelessRuns(sql`(select company_id, id from changed where ${movesPlace(fields)}::boolean)`),
    },
    activity: logged,
    select: sql`
      select changed.*, asked.refusal, asked.status as old_status, ${queuedRunIds}, ${freedOrMachineless},
        ${nextBlockedBy("asked", blockedByIssueIds)} as blocked_by, ${storedBlocks("asked")} as blocks, asked.id as asked_id,
        ${update.status === "done" ? openEnds : sql`null as open_stages, null as unmet`},
        ${labelIds ? sql`array(select distinct unnest(${idArray(labelIds)}) order by 1)` : storedLabelIds("asked")} as label_ids
      from asked left join changed on true`,
  });
  const issue = found(rows[0], "issue");
  if (issue.refusal === "transition") throw badTransition(issue.oldStatus, update.status);
  if (issue.refusal === "blocked") throw blockedError(issue.askedId, issue.blockedBy);
  if (issue.refusal === "review_open") throw reviewOpen(issue.askedId, issue.openStages);
  if (issue.refusal === "evidence_missing") throw evidenceMissing(issue.askedId, issue.unmet);
  if (issue.refusal) throw refused(issue.refusal);
  ctx.ports.dispatch((issue.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  dispatchFreed(ctx, issue);
  return issue;
}

const openEnds = sql`${stagesOf("asked", isOpenStage)} as open_stages, ${criteriaOf("asked", isUnmet)} as unmet`;

const freedOrMachineless = sql`(
  select array_agg(id) from (select id from freed union select id from machineless) n) as freed_run_ids`;

/** Whether other machines may fit the issue after the change. */
const movesPlace = ({ projectId, executionWorkspaceSettings }: IssueUpdate): boolean =>
  projectId !== undefined || executionWorkspaceSettings !== undefined;

/**
 * Whether the change has to do with what other issues are at this moment: moves, ends, blockers, and starts that blockers may
 * stand against. Such changes wait for each other, because two that don't see each other could both leave the wake, or the
 * last link of a circle, to the other.
 */
const touchesOthers = ({ parentId, status, assigneeAgentId, blockedByIssueIds }: IssueUpdate): boolean =>
  Boolean(parentId || status || assigneeAgentId || blockedByIssueIds);

/** What follows for the other columns: times of the state, the one assignee, the lock. */
function sideEffects({ actor }: Ctx, { status, assigneeAgentId, assigneeUserId, blocked }: IssueUpdate) {
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
    ...((blocked || status) && blockedColumns(blocked)),
    // Outside its own chain an agent asks; it doesn't command.
    ...(assigneeAgentId && actor.agentId && { requestDepth: depthAfter(actor.agentId, assigneeAgentId) }),
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

const overrideLogged = (note: string): ActivityEntry => ({
  from: "difference",
  action: "issue.evidence_overridden",
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'note', ${note}::text)`,
});

function badTransition(from: IssueStatus, to: IssueStatus | undefined): BoardroomError {
  return new BoardroomError("invalid_transition", `An issue that is ${from} can't become ${to}.`, { from, to });
}
