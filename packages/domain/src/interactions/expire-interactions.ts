import { type Connection, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { causeParts, queuedRunIds } from "../issues/cause-parts.ts";
import { resolvedCause } from "./resolve-interaction.ts";

const companiesAtOnce = 200;
const isOver = sql`status = 'pending' and expires_at <= now()`;

/** Whether a question waits whose time is over. */
export const questionsAreOver = sql`(select min(expires_at) from issue_interactions where status = 'pending') <= now()`;

/**
 * Ends the questions that nobody answered in time, and wakes who asked. They count as expired from the very moment.
 * @returns how many
 */
export async function expireInteractions(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const due = await system.raw<{ company_id: string }>(
    sql`select distinct company_id from issue_interactions where ${isOver} limit ${companiesAtOnce}`,
  );
  let expired = 0;
  for (const { company_id } of due) expired += await expireOf(contextFor(company_id));
  return expired;
}

async function expireOf(ctx: Ctx): Promise<number> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.issueInteractions, { queuedRunIds: string[] | null }>(
    ctx,
    schema.issueInteractions,
    {
      with: {
        due: sql`
          select company_id, id from issue_interactions where company_id = ${companyId}::uuid and ${isOver}
          order by id limit 500 for no key update skip locked`,
        resolved: sql`
          update issue_interactions k set status = 'expired', resolved_at = now(),
            result = jsonb_build_object('outcome', 'expired', 'note', null)
          from due join issues i on i.company_id = due.company_id and i.id = (
            select q.issue_id from issue_interactions q where q.company_id = due.company_id and q.id = due.id)
          where k.company_id = due.company_id and k.id = due.id and k.status = 'pending' returning k.*, i.identifier`,
        ...causeParts(ctx, [resolvedCause("expired", null)]),
      },
      activity: [
        {
          from: "resolved",
          action: "issue.interaction_expired",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', identifier, 'interactionId', id, 'kind', kind, 'prompt', left(payload ->> 'prompt', 300))`,
        },
      ],
      select: sql`select resolved.*, ${queuedRunIds} from resolved`,
    },
  );
  ctx.ports.dispatch((rows[0]?.queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return rows.length;
}
