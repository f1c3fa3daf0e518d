import { type Approval, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import {
  approvalActivity,
  decidedAlready,
  lockApproval,
  oneApproval,
  outcomeWakes,
  type StateBefore,
  stateBefore,
} from "./decision-parts.ts";
import { followDecision } from "./follow-decision.ts";

interface Extras extends StateBefore {
  refusal: "lease_lost" | "not_yours" | "not_open" | null;
  queuedRunIds: string[] | null;
}

/**
 * Withdraws a request that nobody has decided yet. Its requester may, and admins and owners.
 * @throws BoardroomError forbidden, stale_state, lease_lost
 */
export async function cancelApproval(ctx: Ctx, input: InputOf<"approvals.cancel">): Promise<Approval> {
  const { companyId } = ctx.db;
  const { actor } = ctx;
  const isAdmin = actor.kind === "user" && (actor.role === "owner" || actor.role === "admin");
  const { rows } = await mutate<typeof schema.approvals, Extras>(ctx, schema.approvals, {
    before: lockApproval(companyId, input.id),
    with: {
      target: oneApproval(companyId, input.id),
      judged: sql`
        select target.*, case
          when not ${liveRunGuard(ctx)} then 'lease_lost'
          when not (${isAdmin}::boolean or coalesce(target.requested_by_agent_id = ${actor.agentId}::uuid, false)
            or coalesce(target.requested_by_user_id = ${actor.type === "user" ? actor.id : null}::text, false)) then 'not_yours'
          when target.status not in ('pending', 'revision_requested') then 'not_open'
        end as refusal from target`,
      cancelled: sql`
        update approvals p set status = 'cancelled', decision_note = ${input.decisionNote ?? null}::text,
          decided_by_user_id = ${actor.type === "user" ? actor.id : null}::text, decided_at = now(), updated_at = now()
        from judged where p.company_id = ${companyId}::uuid and p.id = judged.id and judged.refusal is null
        returning p.*`,
      ...outcomeWakes(ctx, "cancelled"),
    },
    activity: [approvalActivity("cancelled", "approval.cancelled")],
    select: sql`
      select cancelled.*, judged.refusal, ${stateBefore("judged")}, (select array_agg(q.id) from queued_run q) as queued_run_ids
      from judged left join cancelled on true`,
  });
  const row = found(rows[0], "approval");
  if (row.refusal === "lease_lost") throw leaseLost();
  if (row.refusal === "not_yours") {
    throw new BoardroomError("forbidden", "Only its requester, an admin or an owner can withdraw this.");
  }
  if (row.refusal === "not_open") throw decidedAlready(row);
  followDecision(ctx, row);
  return row;
}
