import { BoardroomError, type Interaction, requestConfirmation } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "../issues/internal.ts";

/**
 * Asks the board to confirm something about an issue.
 * @throws BoardroomError unsupported for the other kinds, invalid_request for a payload of another shape
 */
export async function createInteraction(ctx: Ctx, input: InputOf<"interactions.create">): Promise<Interaction> {
  const { id: ref, kind } = input;
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
  };
  const { rows } = await mutate<typeof schema.issueInteractions, { isLive: boolean }>(ctx, schema.issueInteractions, {
    with: {
      asked: sql`select company_id, id, identifier, ${liveRunGuard(ctx)} as is_live from issues where ${issueWhere(ctx.db.companyId, ref)}`,
      created: sql`${insertInto(schema.issueInteractions, values)} from asked where asked.is_live returning *`,
    },
    activity: [
      {
        from: "created",
        action: "issue.interaction_requested",
        entityType: "issue",
        entityId: sql`issue_id`,
        details: sql`jsonb_build_object('identifier', (select identifier from asked), 'interactionId', id, 'kind', kind, 'prompt', left(payload ->> 'prompt', 300))`,
      },
    ],
    select: sql`select created.*, asked.is_live from asked left join created on true`,
  });
  const made = found(rows[0], "issue");
  if (!made.isLive) throw leaseLost();
  return made;
}

function checkPayload({ kind, payload }: InputOf<"interactions.create">): Record<string, unknown> {
  if (kind !== "request_confirmation") {
    throw new BoardroomError("unsupported", "Only request_confirmation can be asked for so far.", { kind });
  }
  const parsed = requestConfirmation.safeParse(payload);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ["payload", ...path].join("."), message }));
  throw new BoardroomError("invalid_request", "The payload is not one of request_confirmation.", issues);
}
