import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { approvalActivity, lockApproval, oneApproval, outcomeWakes } from "./decision-parts.ts";
import { makeEffects } from "./effects/index.ts";
import { followDecision } from "./follow-decision.ts";

/** An approval whose grace window is over and that has not taken effect. */
const isOver = sql`target.status = 'approved' and target.effected_at is null and target.effect_at <= now()`;

interface Extras {
  effectRefusal: string | null;
  hasEffect: boolean;
  queuedRunIds: string[] | null;
}

/**
 * Lets an approval take effect once its grace window has closed: once, however many try. What can't be done any more waits for
 * the board again, with the reason.
 * @returns whether anything changed
 */
export async function closeGrace(ctx: Ctx, id: string): Promise<boolean> {
  const problem = await takeEffect(ctx, id).catch((error: unknown) => {
    if (error instanceof BoardroomError && error.status < 500) return error.message;
    throw error;
  });
  if (problem === "done") return true;
  return problem !== "not_due" && reopen(ctx, id, problem);
}

/** @returns `done`, `not_due`, or why it can't be done */
async function takeEffect(ctx: Ctx, id: string): Promise<string> {
  const { companyId } = ctx.db;
  const effects = await makeEffects(ctx);
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    before: lockApproval(companyId, id),
    with: {
      target: oneApproval(companyId, id),
      judged: sql`
        select target.*, effect.refusal as effect_refusal
        from target join companies c on c.id = target.company_id
        cross join lateral (select ${effects.refusal} as refusal) effect where ${isOver}`,
      effective: sql`
        select target.company_id, target.id, target.type, target.payload, target.payload_version, target.requested_by_agent_id,
          target.requested_by_user_id, target.requested_by_run_id, target.decision_note, target.decided_by_user_id, target.selection
        from judged as target where target.effect_refusal is null`,
      ...effects.with,
      closed: sql`
        update approvals p set effected_at = now(), updated_at = now() from effective target
        where p.company_id = ${companyId}::uuid and p.id = target.id and ${effects.done}
        returning p.*`,
      ...outcomeWakes(ctx, "closed", effects),
    },
    activity: [approvalActivity("closed", "approval.took_effect"), ...effects.activity],
    select: sql`
      select judged.*, exists (select 1 from closed) as has_effect, (select array_agg(q.id) from queued_run q) as queued_run_ids
        ${effects.answer}
      from judged`,
  });
  const [row] = rows;
  if (!row) return "not_due";
  if (!row.hasEffect) return effects.refused(row.type, row.effectRefusal).message;
  effects.outcome(row.type, { ...row });
  followDecision(ctx, row);
  return "done";
}

/** Puts back what was approved and turned out to be impossible; who asked learns why. */
async function reopen(ctx: Ctx, id: string, problem: string): Promise<boolean> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.approvals, { queuedRunIds: string[] | null }>(ctx, schema.approvals, {
    before: lockApproval(companyId, id),
    with: {
      reopened: sql`
        update approvals p set status = 'pending', decision_note = null, decided_by_user_id = null, decided_at = null, selection = null,
          effect_at = null, effect_problem = ${problem}::text, pending_since = now(), escalated_at = null, updated_at = now()
        from (${oneApproval(companyId, id)}) target
        where p.company_id = ${companyId}::uuid and p.id = target.id and ${isOver}
        returning p.*`,
      forgotten: sql`
        delete from approval_votes v using reopened where v.company_id = ${companyId}::uuid and v.approval_id = reopened.id`,
      ...outcomeWakes(ctx, "reopened", {
        extra: sql`jsonb_build_object('outcome', 'not_done', 'problem', ${problem}::text)`,
      }),
    },
    activity: [
      approvalActivity("reopened", "approval.effect_refused", sql`jsonb_build_object('problem', ${problem}::text)`),
    ],
    select: sql`select reopened.*, (select array_agg(q.id) from queued_run q) as queued_run_ids from reopened`,
  });
  for (const row of rows) followDecision(ctx, row);
  return rows.length > 0;
}
