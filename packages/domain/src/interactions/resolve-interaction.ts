import { BoardroomError, type Interaction } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";
import { issueIsUnfinalized } from "../workspaces/barrier.ts";

type Outcome = "accepted" | "rejected" | "cancelled";
interface Extras {
  refusal: "lease_lost" | "not_pending" | "not_yours" | "unfinalized" | null;
  wasStatus: Interaction["status"];
  queuedRunIds: string[] | null;
}

export const acceptInteraction = (ctx: Ctx, input: InputOf<"interactions.accept">) => resolve(ctx, input, "accepted");
export const rejectInteraction = (ctx: Ctx, input: InputOf<"interactions.reject">) => resolve(ctx, input, "rejected");
export const cancelInteraction = (ctx: Ctx, input: InputOf<"interactions.cancel">) => resolve(ctx, input, "cancelled");

/**
 * Answers what was asked, once, and wakes the agent that asked. A yes waits until the issue's workspaces are finalized, because
 * until then nobody sees what it is said to.
 * @throws BoardroomError conflict while one is not, stale_state when it was answered before, forbidden for another agent's
 */
async function resolve(ctx: Ctx, input: InputOf<"interactions.accept">, outcome: Outcome): Promise<Interaction> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const { id: ref, iid, note = null } = input;
  const target = sql`k.company_id = ${companyId}::uuid and k.id = ${iid}::uuid
    and k.issue_id = (select issues.id from issues where ${issueWhere(companyId, ref)})`;
  const { rows } = await mutate<typeof schema.issueInteractions, Extras>(ctx, schema.issueInteractions, {
    before: sql`select 1 from issue_interactions k where ${target} for no key update`,
    with: {
      judged: sql`
        select k.*, i.identifier, case
            when not ${liveRunGuard(ctx)} then 'lease_lost'
            when k.status <> 'pending' then 'not_pending'
            when ${actor.agentId}::uuid is not null and k.created_by_agent_id is distinct from ${actor.agentId}::uuid then 'not_yours'
            when ${outcome === "accepted"}::boolean and ${issueIsUnfinalized("i")} then 'unfinalized' end as refusal
        from issue_interactions k join issues i on i.company_id = k.company_id and i.id = k.issue_id where ${target}`,
      resolved: sql`
        update issue_interactions k set status = ${outcome}::interaction_status, resolved_at = now(),
          resolved_by_user_id = ${actor.type === "user" ? actor.id : null}::text, result = jsonb_build_object('outcome', ${outcome}::text, 'note', ${note}::text)
        from judged j where j.refusal is null and k.company_id = j.company_id and k.id = j.id returning k.*, j.identifier`,
      ...wakeParts(companyId, actor, {
        from: "resolved",
        agentId: sql`cause.created_by_agent_id`,
        issueId: sql`cause.issue_id`,
        source: "automation",
        reason: "interaction_resolved",
        payload: sql`jsonb_build_object('identifier', cause.identifier, 'interactionId', cause.id, 'interactionKind', cause.kind,
          'interactionStatus', cause.status, 'note', ${note}::text)`,
      }),
    },
    activity: [
      {
        from: "resolved",
        action: `issue.interaction_${outcome}`,
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'interactionId', id, 'kind', kind, 'prompt', left(payload ->> 'prompt', 300), 'note', ${note}::text)`,
      },
    ],
    select: sql`
      select resolved.*, judged.refusal, judged.status as was_status, (select array_agg(id) from queued_run) as queued_run_ids
      from judged left join resolved on true`,
  });
  const row = found(rows[0], "interaction");
  if (row.refusal) throw refused(row);
  ctx.ports.dispatch((row.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return row;
}

function refused({ refusal, wasStatus }: Row<typeof schema.issueInteractions, Extras>): BoardroomError {
  switch (refusal) {
    case "not_pending":
      return new BoardroomError("stale_state", `This was ${wasStatus} already.`, { status: wasStatus });
    case "not_yours":
      return new BoardroomError("forbidden", "Only the board, or the agent that asked, may take this back.");
    case "unfinalized":
      return new BoardroomError(
        "conflict",
        "The work on this issue is not finalized yet, so there is nothing sure to accept. Wait for it, or settle its workspace.",
        { reason: "workspace_finalizing" },
      );
    default:
      return leaseLost();
  }
}
