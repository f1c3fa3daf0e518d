import type { InvocationSource } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../context.ts";

export interface WakeCause {
  /** The CTE whose rows cause the wakes, at most one row per agent and task. */
  from: string;
  /** The agent to wake, over the CTE's columns; no wake where null. */
  agentId: SQL;
  /** The issue it is about, over the CTE's columns. */
  issueId?: SQL;
  source: InvocationSource;
  /** Short and stable: `issue_assigned`, `approval_decided`. */
  reason: string;
  triggerDetail?: SQL;
  /** Jsonb that the agent gets as context. */
  payload?: SQL;
  idempotencyKey?: SQL;
  /** Which rows of the CTE cause a wake. */
  when?: SQL;
  /** Lets an agent ask for its own wake; only an explicit request may. */
  allowSelf?: boolean;
  /** The statement itself resumes the agent, so that it is still stored as paused. */
  resuming?: boolean;
}

/**
 * CTEs that a mutation adds to wake agents in the same statement: `woken` (the open wake, merged into where there is one
 * already) and `queued_run` (the run of a new wake). Select `(select id from queued_run)` and dispatch it after the commit.
 * An agent never wakes itself by its own write. A paused or terminated agent keeps no wake; resuming wakes it for its work.
 */
export function wakeParts(companyId: string, actor: Actor, cause: WakeCause): Record<"woken" | "queued_run", SQL> {
  const issueId = cause.issueId ?? sql`null::uuid`;
  const notItself = actor.agentId && !cause.allowSelf ? sql`and a.id <> ${actor.agentId}::uuid` : sql``;
  const stays = cause.resuming ? sql`` : sql`and a.status <> 'paused'`;
  return {
    woken: sql`
      insert into wakes as w (company_id, agent_id, source, reason, trigger_detail, task_key, issue_id, payload, idempotency_key, parent_run_id, run_id, hop)
      select ${companyId}::uuid, a.id, ${cause.source}::invocation_source, ${cause.reason}::text, ${cause.triggerDetail ?? sql`null::text`},
        coalesce((${issueId})::text, 'agent'), ${issueId}, ${cause.payload ?? sql`null::jsonb`}, ${cause.idempotencyKey ?? sql`null::text`},
        ${actor.runId}::uuid, uuidv7(), coalesce((
          select p.hop + 1 from heartbeat_runs r join wakes p on p.company_id = r.company_id and p.id = r.wake_id
          where r.company_id = ${companyId}::uuid and r.id = ${actor.runId}::uuid), 0)
      from ${sql.identifier(cause.from)} cause
      join agents a on a.company_id = ${companyId}::uuid and a.id = ${cause.agentId}
      where a.status not in ('terminated', 'pending_approval') ${stays} ${notItself} ${cause.when ? sql`and ${cause.when}` : sql``}
      on conflict (company_id, agent_id, task_key) where status = 'open'
      do update set coalesced_count = w.coalesced_count + 1, payload = coalesce(w.payload, '{}'::jsonb) || coalesce(excluded.payload, '{}'::jsonb)
      returning w.*, (w.coalesced_count = 0) as is_new`,
    queued_run: sql`
      insert into heartbeat_runs (company_id, id, agent_id, wake_id, issue_id, invocation_source, trigger_detail)
      select company_id, run_id, agent_id, id, issue_id, source, trigger_detail from woken where is_new
      returning *`,
  };
}
