import { BoardroomError, type Interaction, interactionPayloads, type SuggestTasks } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { idArray, insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueWhere, lockIssue } from "../issues/internal.ts";

type Refusal = "lease_lost" | "no_assignee" | "assignee_terminated";

/** How long the board has when whoever asks says nothing. */
const defaultExpirySec = 7 * 86_400;

/**
 * Asks the board something about an issue. A question takes the place of the agent's own older one of the same kind and target.
 * @throws BoardroomError invalid_request for a payload of another shape, invalid_reference or unusable_reference for the assignee
 * of a suggested task, lease_lost
 */
export async function createInteraction(ctx: Ctx, input: InputOf<"interactions.create">): Promise<Interaction> {
  const { id: ref, kind, expiresInSec = defaultExpirySec } = input;
  const payload = checkPayload(input);
  const { actor } = ctx;
  const values = {
    companyId: sql`asked.company_id`,
    issueId: sql`asked.id`,
    kind,
    payload,
    idempotencyKey: input.idempotencyKey ?? ctx.idempotency?.key ?? null,
    createdByAgentId: actor.agentId,
    createdByUserId: actor.type === "user" ? actor.id : null,
    expiresAt: sql`now() + make_interval(secs => ${expiresInSec})`,
  };
  const { rows } = await mutate<typeof schema.issueInteractions, { refusal: Refusal | null }>(
    ctx,
    schema.issueInteractions,
    {
      // Two questions at once of one kind: the later one has to see the earlier one to take its place.
      before: lockIssue(ctx.db.companyId, ref),
      with: {
        asked: sql`
          select company_id, id, identifier, case when not ${liveRunGuard(ctx)} then 'lease_lost'
            ${assigneeLimits(ctx, input)} end as refusal
          from issues where ${issueWhere(ctx.db.companyId, ref)}`,
        created: sql`${insertInto(schema.issueInteractions, values)} from asked where asked.refusal is null returning *`,
        superseded: superseded(ctx),
      },
      activity: [
        {
          from: "created",
          action: "issue.interaction_requested",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', (select identifier from asked), 'interactionId', id, 'kind', kind,
            'prompt', left(payload ->> 'prompt', 300))`,
        },
        {
          from: "superseded",
          action: "issue.interaction_superseded",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', (select identifier from asked), 'interactionId', id, 'kind', kind)`,
        },
      ],
      select: sql`select created.*, asked.refusal from asked left join created on true`,
    },
  );
  const made = found(rows[0], "issue");
  if (made.refusal) throw refused(made.refusal);
  return made;
}

/** The agent's own older questions of the same kind and target, which nobody needs to answer any more. */
const superseded = ({ actor }: Ctx): SQL => sql`
  update issue_interactions k set status = 'cancelled', resolved_at = now(),
    result = jsonb_build_object('outcome', 'superseded', 'note', null, 'reason', 'Asked anew', 'byInteractionId', n.id)
  from created n
  where k.company_id = n.company_id and k.issue_id = n.issue_id and k.status = 'pending' and k.kind = n.kind
    and k.created_by_agent_id = ${actor.agentId}::uuid and k.payload -> 'target' is not distinct from n.payload -> 'target'
  returning k.*`;

function assigneeLimits({ db: { companyId } }: Ctx, { kind, payload }: InputOf<"interactions.create">): SQL {
  if (kind !== "suggest_tasks") return sql``;
  const tasks = (payload as SuggestTasks).tasks;
  const assignees = [...new Set(tasks.flatMap(({ assigneeAgentId }) => assigneeAgentId ?? []))];
  if (assignees.length === 0) return sql``;
  const those = sql`from agents a where a.company_id = ${companyId}::uuid and a.id = any(${idArray(assignees)})`;
  return sql`
    when (select count(*) ${those}) < ${assignees.length}::int then 'no_assignee'
    when exists (select 1 ${those} and a.status = 'terminated') then 'assignee_terminated'`;
}

function checkPayload({ kind, payload }: InputOf<"interactions.create">): Record<string, unknown> {
  const parsed = interactionPayloads[kind].safeParse(payload);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ["payload", ...path].join("."), message }));
  throw new BoardroomError("invalid_request", `The payload is not one of ${kind}.`, issues);
}

function refused(refusal: Refusal): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  return refusal === "no_assignee"
    ? new BoardroomError("invalid_reference", "An assignee of the tasks is not an agent of this company.")
    : new BoardroomError("unusable_reference", "An assignee of the tasks was terminated. Choose another agent.");
}
