import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { sourceOfReason, wakeParts } from "../heartbeat/wake-parts.ts";
import type { CauseRows } from "./wake-causes.ts";

/**
 * CTEs that wake agents for what a change of an issue causes, each agent once about each issue. What an issue's open blockers
 * stand against is stored as a skipped wake; when they are done, that wakes.
 */
export function causeParts(
  { actor, db: { companyId } }: Pick<Ctx, "actor" | "db">,
  causes: readonly CauseRows[],
): Record<string, SQL> {
  if (causes.length === 0) return { queued_run: sql`select null::uuid as id where false` };
  return {
    causes: sql.join([...causes], sql` union all `),
    cause: sql`
      select c.agent_id, c.issue_id, (array_agg(c.reason order by c.rank))[1] as reason,
        jsonb_object_agg(e.key, e.value order by c.rank desc) as payload
      from causes c cross join jsonb_each(c.payload) e
      where c.agent_id is not null and not c.is_blocked group by c.agent_id, c.issue_id`,
    ...wakeParts(companyId, actor, {
      from: "cause",
      agentId: sql`cause.agent_id`,
      issueId: sql`cause.issue_id`,
      reason: sql`cause.reason`,
      payload: sql`cause.payload`,
    }),
    blocked_wake: sql`
      insert into wakes (company_id, agent_id, source, reason, task_key, issue_id, payload, parent_run_id, hop, status, skip_reason, resolved_at)
      select a.company_id, a.id, ${sourceOfReason(sql`c.reason`)},
        c.reason, c.issue_id::text, c.issue_id, c.payload, p.run_id, coalesce(p.hop, 0), 'skipped', 'issue_blocked', now()
      from causes c join agents a on a.company_id = ${companyId}::uuid and a.id = c.agent_id left join wake_parent p on true
      where c.is_blocked and a.status not in ('terminated', 'pending_approval') and a.id is distinct from ${actor.agentId}::uuid`,
  };
}

/** The runs to dispatch after the commit, as a column. */
export const queuedRunIds = sql`(select array_agg(id) from queued_run) as queued_run_ids`;
