import { BoardroomError, type ReviewStage } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { causeParts, queuedRunIds } from "../issues/cause-parts.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";
import type { CauseRows } from "../issues/wake-causes.ts";
import { isAuthor } from "./stage-parts.ts";

type Decision = "approved" | "changes_requested";
interface Extras {
  refusal: "lease_lost" | "not_active" | "not_reviewer" | "own_work" | null;
  wasStatus: ReviewStage["status"];
  decidedName: string | null;
  queuedRunIds: string[] | null;
}

/** Lets the work pass this stage; the next reviewer is asked, or the assignee told that all have. */
export const approveReview = (ctx: Ctx, { id, rid, note }: InputOf<"reviews.approve">): Promise<ReviewStage> =>
  decide(ctx, id, rid, "approved", note ?? null);

/** Sends the work back with what to change: the issue is in progress again, and its assignee is woken. */
export const requestChanges = (ctx: Ctx, { id, rid, note }: InputOf<"reviews.requestChanges">): Promise<ReviewStage> =>
  decide(ctx, id, rid, "changes_requested", note);

/**
 * Decides the stage at which a review stands, once. Its reviewer does, or an admin in their place; nobody their own work.
 * @throws BoardroomError stale_state when it isn't this stage's turn, forbidden for who doesn't review it or did the work
 */
async function decide(
  ctx: Ctx,
  ref: string,
  rid: string,
  decision: Decision,
  note: string | null,
): Promise<ReviewStage> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const { rows } = await mutate<typeof schema.issueReviewStages, Extras>(ctx, schema.issueReviewStages, {
    before: lockIssue(companyId, ref),
    with: {
      judged: sql`
        select s.*, i.identifier, i.title, i.assignee_agent_id, case
            when not ${liveRunGuard(ctx)} then 'lease_lost'
            ${reviewerLimits(ctx)}
            when s.status <> 'active' or i.status <> 'in_review' then 'not_active' end as refusal
        from issues i join issue_review_stages s on s.company_id = i.company_id and s.issue_id = i.id and s.id = ${rid}::uuid
        where ${issueWhere(companyId, ref, "i")}`,
      decided: sql`
        update issue_review_stages s set status = ${decision}::review_stage_status, note = ${note}::text, decided_at = now(), updated_at = now(),
          decided_by_agent_id = ${actor.agentId}::uuid, decided_by_user_id = ${actor.type === "user" ? actor.id : null}::text,
          decided_by_name = ${actor.name}::text
        from judged j where j.refusal is null and s.company_id = j.company_id and s.id = j.id
        returning s.*, j.identifier, j.title, j.assignee_agent_id`,
      ...(decision === "approved" ? { next: nextStage } : { reopened: backToWork }),
      ...causeParts(ctx, [...(decision === "approved" ? [nextAsked] : []), assigneeTold(decision, note)]),
    },
    activity: [
      {
        from: "decided",
        action: `issue.review_${decision}`,
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'stageId', id, 'stage', position, 'kind', kind, 'note', note
          ${decision === "approved" ? sql`` : sql`, 'changes', '{"status": {"from": "in_review", "to": "in_progress"}}'::jsonb`})`,
      },
    ],
    select: sql`
      select decided.*, judged.refusal, judged.status as was_status, judged.decided_by_name as decided_name, ${queuedRunIds}
      from judged left join decided on true`,
  });
  const stage = found(rows[0], "review");
  if (stage.refusal) throw refused(stage);
  ctx.ports.dispatch((stage.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return stage;
}

function reviewerLimits({ actor }: Ctx): SQL {
  if (actor.agentId) {
    return sql`
      when s.reviewer_agent_id is distinct from ${actor.agentId}::uuid then 'not_reviewer'
      when ${isAuthor("i", actor.agentId)} then 'own_work'`;
  }
  const mayStandIn = actor.kind === "user" && (actor.role === "owner" || actor.role === "admin");
  return sql`
    when s.reviewer_user_id is distinct from ${actor.id}::text and not ${mayStandIn}::boolean then 'not_reviewer'
    when i.assignee_user_id = ${actor.id}::text then 'own_work'`;
}

const nextStage = sql`
  update issue_review_stages s set status = 'active', updated_at = now() from decided d
  where s.company_id = d.company_id and s.issue_id = d.issue_id and s.position = (
    select min(f.position) from issue_review_stages f
    where f.company_id = d.company_id and f.issue_id = d.issue_id and f.position > d.position and f.status = 'pending')
  returning s.*, d.identifier`;

const backToWork = sql`
  update issues i set status = 'in_progress', updated_at = now() from decided d
  where i.company_id = d.company_id and i.id = d.issue_id returning i.id`;

const nextAsked: CauseRows = sql`
  select n.reviewer_agent_id as agent_id, n.issue_id, 'review_requested' as reason, 0 as rank,
    jsonb_build_object('identifier', n.identifier, 'reviewId', n.id, 'kind', n.kind) as payload, false as is_blocked from next n`;

const assigneeTold = (decision: Decision, note: string | null): CauseRows => sql`
  select d.assignee_agent_id as agent_id, d.issue_id, 'review_decided' as reason, 0 as rank,
    jsonb_build_object('identifier', d.identifier, 'reviewId', d.id, 'outcome', ${decision}::text, 'note', ${note}::text) as payload,
    false as is_blocked
  from decided d ${decision === "approved" ? sql`where not exists (select 1 from next)` : sql``}`;

function refused({ refusal, wasStatus, decidedName }: Row<typeof schema.issueReviewStages, Extras>): BoardroomError {
  switch (refusal) {
    case "not_active": {
      const by =
        decidedName && wasStatus !== "pending" ? `${decidedName} decided this already.` : "It isn't this stage's turn.";
      return new BoardroomError("stale_state", by, { status: wasStatus });
    }
    case "not_reviewer":
      return new BoardroomError("forbidden", "Only the reviewer of this stage, or an admin, may decide it.");
    case "own_work":
      return new BoardroomError("forbidden", "Nobody reviews their own work.");
    default:
      return leaseLost();
  }
}
