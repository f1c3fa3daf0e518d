import { type ApprovalStatus, BoardroomError } from "@boardroom/contract";
import { isoText, mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import {
  type HireRefusal,
  hiredActivity,
  hireParts,
  makeWebhookSecret,
  refusedHire,
  shownSecret,
} from "../agents/hire-parts.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";

type Decision = Extract<ApprovalStatus, "approved" | "rejected" | "revision_requested">;
interface Extras {
  refusal: "not_pending" | HireRefusal | null;
  wasStatus: ApprovalStatus;
  decidedAtBefore: string | null;
  decidedByBefore: string | null;
  decidedByNameBefore: string | null;
  agentId: string | null;
  queuedRunIds: string[] | null;
}
export type DecidedRow = Row<typeof schema.approvals, Extras>;

/**
 * Decides a pending approval and does what follows, as one statement: approving a hire makes the agent, and every decision
 * wakes the requester. Of two deciders at once exactly one takes effect.
 * @throws BoardroomError stale_state with who decided when; what hiring throws, and then it stays pending
 */
export async function decideApproval(
  ctx: Ctx,
  { id, decisionNote }: { id: string; decisionNote?: string | null | undefined },
  decision: Decision,
): Promise<{ row: DecidedRow; webhookSecret: string | null }> {
  const { companyId } = ctx.db;
  const secret = await makeWebhookSecret(ctx);
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    with: {
      target: sql`select * from approvals where company_id = ${companyId}::uuid and id = ${id}::uuid for update`,
      judged: sql`
        select target.*, target.type = 'hire_agent' and ${decision === "approved"}::boolean as hires, case
          when target.status <> 'pending' then 'not_pending'
          when target.type <> 'hire_agent' or not ${decision === "approved"}::boolean then null
          when c.status = 'archived' then 'archived'
          when not ${ctx.ports.allowLocalTargets}::boolean and target.payload #>> '{adapterConfig,url}' !~* '^https://' then 'unsafe_url'
        end as refusal
        from target join companies c on c.id = target.company_id`,
      wanted: sql`select payload as draft from judged where hires and refusal is null`,
      ...hireParts(companyId, "wanted", secret.sealed),
      decided: sql`
        update approvals p set status = ${decision}::approval_status, decision_note = ${decisionNote ?? null}::text,
          decided_by_user_id = ${ctx.actor.id}::text, decided_at = now(), updated_at = now()
        from judged where p.company_id = ${companyId}::uuid and p.id = judged.id and judged.refusal is null
          and (not judged.hires or exists (select 1 from hired))
        returning p.*`,
      ...wakeParts(companyId, ctx.actor, {
        from: "decided",
        agentId: sql`cause.requested_by_agent_id`,
        source: "automation",
        reason: "approval_decided",
        payload: sql`jsonb_build_object('approvalId', cause.id, 'approvalStatus', cause.status, 'decisionNote', cause.decision_note)`,
      }),
    },
    activity: [
      {
        from: "decided",
        action: `approval.${decision}`,
        entityType: "approval",
        entityId: sql`id`,
        agentId: sql`requested_by_agent_id`,
        details: sql`jsonb_build_object('type', type, 'name', payload ->> 'name', 'decisionNote', decision_note)`,
      },
      hiredActivity,
    ],
    select: sql`
      select decided.*, judged.refusal, judged.status as was_status, ${isoText(sql`judged.decided_at`)} as decided_at_before,
        judged.decided_by_user_id as decided_by_before, (
          select m.display_name from memberships m
          where m.company_id = judged.company_id and m.user_id = judged.decided_by_user_id) as decided_by_name_before,
        (select hired.id from hired) as agent_id, (select array_agg(q.id) from queued_run q) as queued_run_ids
      from judged left join decided on true`,
  });
  const row = found(rows[0], "approval");
  if (row.id === null) throw refusedDecision(row);
  ctx.ports.dispatch((row.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return {
    row,
    webhookSecret: row.agentId === null ? null : shownSecret(String(row.payload.adapterType), secret.plain),
  };
}

const words: Record<ApprovalStatus, string> = {
  pending: "submitted",
  approved: "approved",
  rejected: "rejected",
  revision_requested: "sent back for revision",
  cancelled: "cancelled",
};

function refusedDecision(row: Extras): BoardroomError {
  if (row.refusal !== "not_pending") return refusedHire(row.refusal ?? "manager_left");
  const by = row.decidedByNameBefore ? ` by ${row.decidedByNameBefore}` : "";
  return new BoardroomError("stale_state", `This was ${words[row.wasStatus]}${by} already.`, {
    status: row.wasStatus,
    decidedByUserId: row.decidedByBefore,
    decidedAt: row.decidedAtBefore,
  });
}
