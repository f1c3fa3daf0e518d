import type { Issue } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { idArray, insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { missesWorkspace } from "../workspaces/misses-workspace.ts";
import { blockedColumns } from "./blocked-owner.ts";
import { insertBlockers, missesBlocker, nextBlockedBy, staysBlocked, wantedBlockers } from "./blocker-parts.ts";
import { causeParts, queuedRunIds } from "./cause-parts.ts";
import type { IssueExtras } from "./internal.ts";
import { milestoneLimit, projectAfter } from "./place-parts.ts";
import { type Refusal, refused, requireOneAssignee } from "./refusals.ts";
import { tracedGoal } from "./traced-goal.ts";
import { effectsOf } from "./transitions.ts";
import { noOwner } from "./update-guard.ts";
import { assigned, type CauseRows } from "./wake-causes.ts";

export type IssueDraft = Omit<InputOf<"issues.create">, "parentId" | "idempotencyKey">;
interface Extras extends IssueExtras {
  refusal: Refusal | null;
  queuedRunIds: string[] | null;
}

/**
 * Creates an issue under the company's next number, with its labels, its blockers and the wake of its assignee.
 * @param parent finds the parent as the alias `p`; what the draft leaves out comes from it
 * @param missingParent how a parent that isn't there is refused
 */
export async function insertIssue(
  ctx: Ctx,
  draft: IssueDraft,
  parent: SQL | null,
  missingParent: Refusal,
): Promise<Issue> {
  requireOneAssignee(draft);
  const { companyId } = ctx.db;
  const { labelIds, blockedByIssueIds = [], blocked, ...fields } = draft;
  const isBound = blockedByIssueIds.length > 0;
  const { rows, replayed } = await mutate<typeof schema.issues, Extras>(ctx, schema.issues, {
    // What blocks it must not be done between the look at it and the commit: nobody would be woken.
    ...(isBound && { before: lockTree(companyId, "issues") }),
    with: {
      wanted_blocker: wantedBlockers(companyId, blockedByIssueIds),
      asked: asked(ctx, draft, parent, missingParent),
      numbered: sql`
        update companies c set issue_counter = c.issue_counter + 1 from asked
        where c.id = asked.company_id and asked.refusal is null returning c.issue_counter as number`,
      created: sql`${insertInto(schema.issues, { ...fields, ...derived(ctx, draft) })} from asked, numbered returning *`,
      labelled: sql`
        insert into issue_labels (company_id, issue_id, label_id)
        select distinct created.company_id, created.id, label_id from created, unnest(${idArray(labelIds ?? [])}) as label_id
        returning label_id`,
      ...(isBound && { bound_to: insertBlockers("created") }),
      ...causeParts(ctx, [
        ...(draft.assigneeAgentId ? [assignedNow(blockedByIssueIds)] : []),
        ...(blocked?.ownerAgentId ? [ownerOfBlocked] : []),
      ]),
    },
    activity: [
      {
        from: "created",
        action: "issue.created",
        entityType: "issue",
        entityId: sql`id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'priority', priority,
          'assigneeAgentId', assignee_agent_id, 'projectId', project_id, 'parentId', parent_id)`,
      },
    ],
    select: sql`
      select created.*, asked.refusal, array(select label_id from labelled order by 1) as label_ids,
        ${nextBlockedBy("created", blockedByIssueIds)} as blocked_by, '[]'::jsonb as blocks, ${queuedRunIds}
      from asked left join created on true`,
  });
  const issue = found(rows[0], "company");
  if (issue.refusal) throw refused(issue.refusal);
  if (!replayed) ctx.ports.dispatch((issue.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return issue;
}

const assignedNow = (blockedByIssueIds: string[]) =>
  assigned("issue_assigned", "create", sql`from created i where true`, staysBlocked("i", blockedByIssueIds));

/** What stands against it, and what the parent hands down. */
function asked(ctx: Ctx, draft: IssueDraft, parent: SQL | null, missingParent: Refusal): SQL {
  const { assigneeAgentId = null, assigneeUserId = null, blockedByIssueIds = [] } = draft;
  return sql`
    select c.id as company_id, c.issue_prefix, p.id as parent_id, p.project_id, p.milestone_id, p.goal_id, coalesce(p.billing_code, s.billing_code) as billing_code, coalesce(p.request_depth, s.request_depth) as request_depth,
      case
        when not ${liveRunGuard(ctx)} then 'lease_lost'
        when c.status = 'archived' then 'company_archived'
        when ${parent !== null}::boolean and p.id is null then ${missingParent}::text
        when ${missesBlocker(blockedByIssueIds)} then 'no_blocker'
        ${blockedLimits(draft)}
        when ${assigneeAgentId}::uuid is not null and a.id is null then 'no_assignee'
        when a.status = 'terminated' then 'assignee_terminated'
        ${milestoneLimit(sql`c.id`, projectAfter("p", draft.projectId), draft.milestoneId)}
        when ${missesWorkspace(ctx, draft.executionWorkspaceSettings)} then 'no_workspace'
        when ${assigneeUserId}::text is not null and not exists (
          select 1 from memberships m where m.company_id = c.id and m.user_id = ${assigneeUserId}::text) then 'no_member'
      end as refusal
    from companies c
    left join issues p on ${parent ?? sql`false`}
    left join agents a on a.company_id = c.id and a.id = ${assigneeAgentId}::uuid
    -- What a run asks for beside its own issue is still asked, and paid for, by that one's chain.
    left join heartbeat_runs r on r.company_id = c.id and r.id = ${ctx.actor.runId}::uuid
    left join issues s on s.company_id = r.company_id and s.id = r.issue_id
    where c.id = ${ctx.db.companyId}::uuid`;
}

function derived({ actor }: Ctx, draft: IssueDraft) {
  const { status = "todo", milestoneId, goalId, billingCode, assigneeAgentId } = draft;
  const { starts, completes, cancels } = effectsOf(status);
  const project = projectAfter("asked", draft.projectId);
  const delegated = actor.agentId && assigneeAgentId && assigneeAgentId !== actor.agentId;
  return {
    companyId: sql`asked.company_id`,
    identifier: sql`asked.issue_prefix || '-' || numbered.number`,
    issueNumber: sql`numbered.number`,
    status,
    parentId: sql`asked.parent_id`,
    ...(draft.blocked && blockedColumns(draft.blocked)),
    projectId: project,
    // Who stands in the parent's project stands in its milestone, too.
    ...(milestoneId === undefined && {
      milestoneId: sql`case when asked.project_id = ${project} then asked.milestone_id end`,
    }),
    ...(!goalId && {
      goalId: tracedGoal({ companyId: sql`asked.company_id`, projectId: project, nearer: sql`asked.goal_id` }),
    }),
    ...(billingCode === undefined && { billingCode: sql`asked.billing_code` }),
    requestDepth: sql`coalesce(asked.request_depth, 0) + ${delegated ? 1 : 0}::int`,
    createdByAgentId: actor.agentId,
    createdByUserId: actor.type === "user" ? actor.id : null,
    originKind: actor.runId ? "run" : "manual",
    originRunId: actor.runId,
    startedAt: starts ? sql`now()` : null,
    completedAt: completes ? sql`now()` : null,
    cancelledAt: cancels ? sql`now()` : null,
  };
}

/** A blocked issue names who acts, or what it waits for. */
function blockedLimits({ status, blocked, blockedByIssueIds = [] }: IssueDraft): SQL {
  if (blocked)
    return status === "blocked"
      ? sql`when ${noOwner("c.id", blocked)} then 'no_owner'`
      : sql`when true then 'not_blocked'`;
  return status === "blocked" && blockedByIssueIds.length === 0 ? sql`when true then 'blocked_without_owner'` : sql``;
}

const ownerOfBlocked: CauseRows = sql`
  select i.blocked_owner_agent_id as agent_id, i.id as issue_id, 'issue_blocked' as reason, 0 as rank,
    jsonb_build_object('identifier', i.identifier, 'action', i.blocked_action) as payload, false as is_blocked from created i`;
