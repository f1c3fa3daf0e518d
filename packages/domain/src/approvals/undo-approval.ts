import type { Approval, MemberRole } from "@boardroom/contract";
import { BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import {
  approvalActivity,
  belowRole,
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
  refusal: "not_approved" | "took_effect" | "below_role" | null;
  minimumRole: MemberRole;
  queuedRunIds: string[] | null;
}

/**
 * Takes an approval back before it takes effect: it waits for a decision again, and its votes are forgotten.
 * @throws BoardroomError stale_state once it has taken effect, forbidden
 */
export async function undoApproval(ctx: Ctx, { id }: InputOf<"approvals.undo">): Promise<Approval> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    before: lockApproval(companyId, id),
    with: {
      target: oneApproval(companyId, id),
      judged: sql`
        select target.*, policy.minimum_role, case
          when target.status <> 'approved' then 'not_approved'
          when target.effected_at is not null or target.effect_at is null or target.effect_at <= now() then 'took_effect'
          when not coalesce(m.role <= policy.minimum_role, false) then 'below_role'
        end as refusal
        from target cross join lateral (${policyOf("target")}) policy
        left join memberships m on m.company_id = target.company_id and m.user_id = ${ctx.actor.id}::text`,
      undone: sql`
        update approvals p set status = 'pending', decision_note = null, decided_by_user_id = null, decided_at = null, selection = null,
          effect_at = null, pending_since = now(), escalated_at = null, updated_at = now()
        from judged where p.company_id = ${companyId}::uuid and p.id = judged.id and judged.refusal is null
        returning p.*`,
      forgotten: sql`
        delete from approval_votes v using undone where v.company_id = ${companyId}::uuid and v.approval_id = undone.id`,
      ...outcomeWakes(ctx, "undone", { extra: sql`'{"outcome": "undone"}'::jsonb` }),
    },
    activity: [approvalActivity("undone", "approval.undone")],
    select: sql`
      select undone.*, judged.refusal, judged.minimum_role, ${stateBefore("judged")},
        (select array_agg(q.id) from queued_run q) as queued_run_ids
      from judged left join undone on true`,
  });
  const row = found(rows[0], "approval");
  if (row.refusal === "below_role") throw belowRole(row.minimumRole);
  if (row.refusal === "took_effect") {
    throw new BoardroomError("stale_state", "This took effect already: it can't be undone.", { status: row.wasStatus });
  }
  if (row.refusal === "not_approved") throw decidedAlready(row);
  followDecision(ctx, row);
  return row;
}
