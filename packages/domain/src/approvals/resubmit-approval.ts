import { type Approval, type ApprovalStatus, agentDraft, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { type CompleteDraft, completeDraft } from "../agents/agent-draft.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { completePlan } from "../plans/complete-plan.ts";

interface Extras {
  refusal: "lease_lost" | "not_yours" | "not_sent_back" | "bad_draft" | "bad_plan" | null;
  wasStatus: ApprovalStatus;
}

/**
 * Submits a proposal again after a request for revision, with a new payload where one is given; the one before is kept.
 * @throws BoardroomError forbidden to other agents than the requester, stale_state unless it was sent back, and
 * invalid_request or unsafe_url for a hire's payload that is no draft, invalid_plan for a strategy's that is no plan
 */
export async function resubmitApproval(ctx: Ctx, { id, payload }: InputOf<"approvals.resubmit">): Promise<Approval> {
  const { companyId } = ctx.db;
  const { draft, problem } = await readDraft(ctx, payload);
  const { strategy, planProblem } = await readStrategy(ctx, payload);
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    with: {
      target: sql`select * from approvals where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      judged: sql`
        select target.*, case
          when not ${liveRunGuard(ctx)} then 'lease_lost'
          when ${ctx.actor.agentId}::uuid is distinct from target.requested_by_agent_id and ${ctx.actor.agentId}::uuid is not null then 'not_yours'
          when target.status <> 'revision_requested' then 'not_sent_back'
          when target.type = 'hire_agent' and ${problem !== null}::boolean then 'bad_draft'
          when target.type = 'approve_ceo_strategy' and ${planProblem !== null}::boolean then 'bad_plan'
        end as refusal from target`,
      resubmitted: sql`
        update approvals p set status = 'pending', decided_by_user_id = null, decided_at = null, pending_since = now(), escalated_at = null,
          effect_problem = null, updated_at = now(),
          payload = coalesce(case p.type when 'hire_agent' then ${json(draft)} when 'approve_ceo_strategy' then ${json(strategy)}
            else ${json(payload)} end, p.payload),
          payload_version = p.payload_version + ${payload ? 1 : 0}::int
        from judged where p.company_id = ${companyId}::uuid and p.id = judged.id and judged.refusal is null
        returning p.*`,
      kept: sql`
        insert into approval_revisions (company_id, approval_id, version, payload, note, replaced_by_name)
        select target.company_id, target.id, target.payload_version, target.payload, target.decision_note, ${ctx.actor.name ?? ctx.actor.id}::text
        from target join resubmitted on resubmitted.payload_version > target.payload_version`,
    },
    activity: [
      {
        from: "resubmitted",
        action: "approval.resubmitted",
        entityType: "approval",
        entityId: sql`id`,
        details: sql`jsonb_build_object('type', type, 'name', payload ->> 'name')`,
      },
    ],
    select: sql`select resubmitted.*, judged.refusal, judged.status as was_status from judged left join resubmitted on true`,
  });
  const row = found(rows[0], "approval");
  if (row.id !== null) return row;
  if (row.refusal === "lease_lost") throw leaseLost();
  if (row.refusal === "not_yours") throw new BoardroomError("forbidden", "Only its requester can submit this again.");
  if (row.refusal === "bad_draft" && problem) throw problem;
  if (row.refusal === "bad_plan" && planProblem) throw planProblem;
  throw new BoardroomError("stale_state", "This was not sent back for revision.", { status: row.wasStatus });
}

const json = (value: object | null | undefined) => sql`${value ? JSON.stringify(value) : null}::jsonb`;

/** A payload read as a strategy, in case the approval turns out to be of one. */
async function readStrategy(ctx: Ctx, payload: Record<string, unknown> | undefined) {
  if (!payload) return { strategy: null, planProblem: null };
  try {
    return { strategy: await completePlan(ctx, payload, { hasProposer: true }), planProblem: null };
  } catch (error) {
    if (error instanceof BoardroomError) return { strategy: null, planProblem: error };
    throw error;
  }
}

/** A payload read as a draft, in case the approval turns out to be of a hire. */
async function readDraft(
  ctx: Ctx,
  payload: Record<string, unknown> | undefined,
): Promise<{ draft: CompleteDraft | null; problem: BoardroomError | null }> {
  if (!payload) return { draft: null, problem: null };
  // What hiring adds to a draft may come back with it.
  const { urlKey: _, sourceIssueId, ...fields } = payload;
  const parsed = agentDraft.safeParse(fields);
  if (!parsed.success) {
    const details = { issues: parsed.error.issues };
    return { draft: null, problem: new BoardroomError("invalid_request", "The payload is no agent draft.", details) };
  }
  try {
    const draft = await completeDraft(ctx, {
      ...parsed.data,
      ...(typeof sourceIssueId === "string" && { sourceIssueId }),
    });
    return { draft, problem: null };
  } catch (error) {
    if (error instanceof BoardroomError) return { draft: null, problem: error };
    throw error;
  }
}
