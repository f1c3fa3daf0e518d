import type { Approval, MemberRole } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import {
  approvalActivity,
  belowRole,
  changedSince,
  decidedAlready,
  lockApproval,
  oneApproval,
  outcomeWakes,
  policyOf,
  type StateBefore,
  stateBefore,
} from "./decision-parts.ts";
import { followDecision } from "./follow-decision.ts";

interface Extras extends StateBefore {
  refusal: "not_pending" | "changed" | "below_role" | null;
  minimumRole: MemberRole;
  versionNow: number;
  queuedRunIds: string[] | null;
}

/**
 * Sends a proposal back with a note; votes are forgotten, since they were about what comes back changed.
 * @throws BoardroomError stale_state, forbidden
 */
export async function requestRevision(ctx: Ctx, input: InputOf<"approvals.requestRevision">): Promise<Approval> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    before: lockApproval(companyId, input.id),
    with: {
      target: oneApproval(companyId, input.id),
      judged: sql`
        select target.*, policy.minimum_role, case
          when target.status <> 'pending' then 'not_pending'
          when not coalesce(m.role <= policy.minimum_role, false) then 'below_role'
          when target.payload_version <> ${input.payloadVersion ?? null}::int then 'changed'
        end as refusal
        from target cross join lateral (${policyOf("target")}) policy
        left join memberships m on m.company_id = target.company_id and m.user_id = ${ctx.actor.id}::text`,
      decided: sql`
        update approvals p set status = 'revision_requested', decision_note = ${input.decisionNote ?? null}::text,
          decided_by_user_id = ${ctx.actor.id}::text, decided_at = now(), updated_at = now()
        from judged where p.company_id = ${companyId}::uuid and p.id = judged.id and judged.refusal is null
        returning p.*`,
      forgotten: sql`
        delete from approval_votes v using decided where v.company_id = ${companyId}::uuid and v.approval_id = decided.id`,
      ...outcomeWakes(ctx, "decided"),
    },
    activity: [approvalActivity("decided", "approval.revision_requested")],
    select: sql`
      select decided.*, judged.refusal, judged.minimum_role, judged.payload_version as version_now, ${stateBefore("judged")},
        (select array_agg(q.id) from queued_run q) as queued_run_ids
      from judged left join decided on true`,
  });
  const row = found(rows[0], "approval");
  if (row.refusal === "not_pending") throw decidedAlready(row);
  if (row.refusal === "below_role") throw belowRole(row.minimumRole);
  if (row.refusal === "changed") throw changedSince(row.versionNow);
  followDecision(ctx, row);
  return row;
}
