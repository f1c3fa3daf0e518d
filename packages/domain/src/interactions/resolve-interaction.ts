import { BoardroomError, type Interaction, type InteractionKind } from "@boardroom/contract";
import { type ActivityEntry, mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import { causeParts, queuedRunIds } from "../issues/cause-parts.ts";
import { issueWhere } from "../issues/internal.ts";
import type { CauseRows } from "../issues/wake-causes.ts";
import { issueIsUnfinalized } from "../workspaces/barrier.ts";

export type Outcome = "accepted" | "rejected" | "answered" | "cancelled";
/** An answer, and what comes with it. */
export interface Resolution {
  id: string;
  iid: string;
  note?: string | null | undefined;
  outcome: Outcome;
  /** The kinds that are answered so; any when left out. */
  kinds?: readonly InteractionKind[];
  /** Says yes to something that nobody sees before it is finalized. */
  isYes?: boolean;
  /** What the answer says beside its outcome and note: jsonb, with which the same answer given twice is known as the same. */
  said?: SQL;
  /** A `when … then` that refuses the answer, over `k` with its payload; the refusal is `wrong: ` with a sentence. */
  limits?: SQL;
  /** CTEs that follow from the CTE `judged` where its refusal is null, e.g. what was made. */
  parts?: Record<string, SQL>;
  /** More of the result, over those CTEs. */
  made?: SQL;
  activity?: readonly ActivityEntry[];
  causes?: readonly CauseRows[];
  /** Takes locks before everything else. */
  locks?: readonly SQL[];
}

interface Extras {
  refusal: string | null;
  wasStatus: Interaction["status"];
  isSame: boolean;
  resolverName: string | null;
  queuedRunIds: string[] | null;
}

/**
 * Answers what was asked, once, and wakes the agent that asked. A yes waits until the issue's workspaces are finalized, because
 * until then nobody sees what it is said to. The same answer by the same person again is the first one's.
 * @throws BoardroomError conflict while one is not, stale_state with who answered when it was answered before, forbidden for
 * another agent's, unsupported for a question that isn't answered so
 */
export async function resolveInteraction(ctx: Ctx, resolution: Resolution): Promise<Interaction> {
  const { actor, db } = ctx;
  const { companyId } = db;
  const { id: ref, iid, note = null, outcome, said = sql`'{}'::jsonb`, made = sql`'{}'::jsonb` } = resolution;
  const byName = actor.type === "user" ? actor.name : null;
  const result = sql`jsonb_build_object('outcome', ${outcome}::text, 'note', ${note}::text, 'byName', ${byName}::text) || ${said}`;
  const target = sql`k.company_id = ${companyId}::uuid and k.id = ${iid}::uuid
    and k.issue_id = (select issues.id from issues where ${issueWhere(companyId, ref)})`;
  const { rows } = await mutate<typeof schema.issueInteractions, Extras>(ctx, schema.issueInteractions, {
    before: [...(resolution.locks ?? []), sql`select 1 from issue_interactions k where ${target} for no key update`],
    with: {
      judged: sql`
        select k.*, i.identifier, i.project_id, i.milestone_id, i.goal_id, i.billing_code, i.request_depth, k.status as was_status,
          k.status = ${outcome}::interaction_status and k.resolved_by_user_id = ${actor.id}::text and k.result || ${said} = k.result as is_same,
          ${refusal(ctx, resolution)} as refusal
        from issue_interactions k join issues i on i.company_id = k.company_id and i.id = k.issue_id where ${target}`,
      ...resolution.parts,
      resolved: sql`
        update issue_interactions k set status = ${outcome}::interaction_status, resolved_at = now(),
          resolved_by_user_id = ${actor.type === "user" ? actor.id : null}::text, result = ${result} || ${made}
        from judged j where j.refusal is null and k.company_id = j.company_id and k.id = j.id returning k.*, j.identifier`,
      ...causeParts(ctx, [resolvedCause(outcome, note), ...(resolution.causes ?? [])]),
    },
    activity: [
      {
        from: "resolved",
        action: `issue.interaction_${outcome}`,
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', identifier, 'interactionId', id, 'kind', kind, 'prompt', left(payload ->> 'prompt', 300),
          'note', ${note}::text)`,
      },
      ...(resolution.activity ?? []),
    ],
    select: sql`
      select shown.*, judged.refusal, judged.was_status, judged.is_same, judged.result ->> 'byName' as resolver_name, ${queuedRunIds}
      from judged left join lateral (
        select ${stored("r")} from resolved r
        union all
        select ${stored("judged")} where not exists (select 1 from resolved)) shown on true`,
  });
  const row = found(rows[0], "interaction");
  if (row.refusal === "not_pending" && row.isSame) return row;
  if (row.refusal) throw refused(row, row.refusal);
  ctx.ports.dispatch((row.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return row;
}

const columns = [
  ...["company_id", "id", "issue_id", "kind", "status", "payload", "result", "idempotency_key", "created_by_agent_id"],
  ...["created_by_user_id", "resolved_by_user_id", "resolved_at", "expires_at", "created_at"],
];
const stored = (table: string): SQL =>
  sql.join(
    columns.map((column) => sql`${sql.identifier(table)}.${sql.identifier(column)}`),
    sql`, `,
  );

function refusal(ctx: Ctx, { kinds, isYes = false, limits = sql`` }: Resolution): SQL {
  const { agentId } = ctx.actor;
  return sql`case
    when not ${liveRunGuard(ctx)} then 'lease_lost'
    when k.status <> 'pending' then 'not_pending'
    when k.expires_at <= now() then 'expired'
    when ${agentId}::uuid is not null and k.created_by_agent_id is distinct from ${agentId}::uuid then 'not_yours'
    ${kinds ? sql`when k.kind::text <> all(${textArray(kinds)}) then 'other_kind'` : sql``}
    ${limits}
    when ${isYes}::boolean and ${issueIsUnfinalized("i")} then 'unfinalized' end`;
}

/** Who asked goes on, with the answer and the note. */
export const resolvedCause = (outcome: string, note: string | null, from = "resolved"): CauseRows => sql`
  select q.created_by_agent_id as agent_id, q.issue_id, 'interaction_resolved' as reason, 0 as rank,
    jsonb_build_object('identifier', q.identifier, 'interactionId', q.id, 'interactionKind', q.kind,
      'interactionStatus', q.status, 'outcome', ${outcome}::text, 'note', ${note}::text) as payload, false as is_blocked
  from ${sql.identifier(from)} q`;

function refused(row: Row<typeof schema.issueInteractions, Extras>, refusal: string): BoardroomError {
  const { kind, wasStatus, resolvedByUserId, resolverName } = row;
  if (refusal.startsWith("wrong: ")) return new BoardroomError("invalid_request", refusal.slice("wrong: ".length));
  switch (refusal) {
    case "not_pending": {
      const sentence = resolverName
        ? `${resolverName} answered this already: ${wasStatus}.`
        : `This was ${wasStatus} already.`;
      return new BoardroomError("stale_state", sentence, {
        status: wasStatus,
        resolvedByUserId,
        resolvedByName: resolverName,
      });
    }
    case "expired":
      return new BoardroomError("stale_state", "The time to answer this is over.", { status: "expired" });
    case "not_yours":
      return new BoardroomError("forbidden", "Only the board, or the agent that asked, may take this back.");
    case "other_kind":
      return new BoardroomError("unsupported", `A ${kind} is answered in another way.`, { kind });
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
