import type { InvocationSource, WakeReason } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../context.ts";
import { maxHops, maxPayloadChars, parentRunMinutes } from "./limits.ts";

export interface WakeCause {
  /** The CTE whose rows cause the wakes. Of several rows that name the same agent and task one counts. */
  from: string;
  /** The agent to wake, over the CTE's columns; no wake where null. */
  agentId: SQL;
  /** The issue it is about, over the CTE's columns. */
  issueId?: SQL;
  /** Left out it follows from the reason. */
  source?: InvocationSource;
  /** One for all rows, or an expression over the CTE's columns. */
  reason: WakeReason | SQL;
  triggerDetail?: SQL;
  /** Jsonb that the agent gets as context. */
  payload?: SQL;
  idempotencyKey?: SQL;
  /** Which rows of the CTE cause a wake. */
  when?: SQL;
  /** Lets an agent ask for its own wake; only an explicit request may. */
  allowSelf?: boolean;
  /** The CTE of the agents that the statement itself makes, which the table doesn't show before its end. */
  newAgents?: string | undefined;
  /** The statement itself resumes the agent, so that it is still stored as paused. */
  resuming?: boolean;
}

/** What follows from work that got done; it adds no hop, because work gets done only once. */
const completions = sql`('approval_decided', 'issue_blockers_resolved', 'issue_children_completed', 'interaction_resolved')`;

/** The source of a wake that a change of work causes. */
export const sourceOfReason = (reason: SQL): SQL =>
  sql`case when ${reason} in ('issue_assigned', 'issue_status_changed') then 'assignment' else 'automation' end::invocation_source`;

/**
 * CTEs that a mutation adds to wake agents in the same statement: `woken` (the wake: open, merged into the open one of that
 * agent and task, or skipped with its reason) and `queued_run` (the runs to dispatch after the commit).
 * An agent never wakes itself by its own write. A chain of wakes that agents cause among each other ends at `maxHops`.
 */
export function wakeParts(companyId: string, actor: Actor, cause: WakeCause) {
  const issueId = cause.issueId ?? sql`null::uuid`;
  const reason = typeof cause.reason === "string" ? sql`${cause.reason}::text` : sql`(${cause.reason})::text`;
  const notItself = actor.agentId && !cause.allowSelf ? sql`and a.id <> ${actor.agentId}::uuid` : sql``;
  const byBoard = actor.kind === "user" && cause.source === "on_demand";
  return {
    wake_parent: parentOf(companyId, actor),
    wake_wanted: sql`
      select distinct on (a.id, task_key) a.id as agent_id, coalesce((${issueId})::text, 'agent') as task_key, ${issueId} as issue_id, ${reason} as reason,
        ${cause.triggerDetail ?? sql`null::text`} as trigger_detail, ${cause.payload ?? sql`null::jsonb`} as payload,
        ${cause.idempotencyKey ?? sql`null::text`} as idempotency_key, p.run_id as parent_run_id, coalesce(p.hop, 0) + step.hops as hop,
        case
          when coalesce(p.hop, 0) + step.hops > ${maxHops} then 'hop_limit'
          when a.status = 'paused' and not ${cause.resuming ?? false} then 'agent_paused'
          when not ${byBoard} and (a.runtime_config #>> '{heartbeat,wakeOnDemand}')::boolean is false then 'wake_on_demand_off'
        end as skip_reason
      from ${sql.identifier(cause.from)} cause
      join ${agentsWith(companyId, cause.newAgents)} a on a.company_id = ${companyId}::uuid and a.id = ${cause.agentId}
      left join wake_parent p on true
      cross join lateral (select case when p.run_id is null or ${reason} in ${completions} then 0 else 1 end as hops) step
      where a.status not in ('terminated', 'pending_approval') ${notItself} ${cause.when ? sql`and ${cause.when}` : sql``}`,
    woken: sql`
      insert into wakes as w (company_id, agent_id, source, reason, trigger_detail, task_key, issue_id, payload, idempotency_key, parent_run_id,
        run_id, hop, status, skip_reason, resolved_at)
      select ${companyId}::uuid, agent_id, ${cause.source ? sql`${cause.source}::invocation_source` : sourceOfReason(sql`reason`)}, reason, trigger_detail, task_key, issue_id, payload, idempotency_key,
        parent_run_id, case when skip_reason is null then uuidv7() end, hop,
        case when skip_reason is null then 'open' else 'skipped' end::wake_status, skip_reason, case when skip_reason is not null then now() end
      from wake_wanted order by agent_id, task_key
      on conflict (company_id, agent_id, task_key) where status = 'open'
      do update set coalesced_count = w.coalesced_count + 1,
        -- What would grow too large begins anew; that somebody said something is not forgotten.
        payload = case when length(coalesce(w.payload, '{}')::text) + length(coalesce(excluded.payload, '{}')::text) > ${maxPayloadChars}
          then jsonb_strip_nulls(jsonb_build_object('commentId', w.payload -> 'commentId')) else coalesce(w.payload, '{}') end
          || coalesce(excluded.payload, '{}'),
        hop = least(w.hop, excluded.hop),
        -- What the board asks for waits for no storm among agents.
        parent_run_id = case when excluded.parent_run_id is null then null else w.parent_run_id end,
        -- Nor for a slot, a retry's pause or a blocker: the gates are those of a wake on demand from now on.
        source = case when ${byBoard} then 'on_demand' else w.source end
      returning w.*, (w.coalesced_count = 0 and w.status = 'open') as is_new`,
    new_run: sql`
      insert into heartbeat_runs (company_id, id, agent_id, wake_id, issue_id, invocation_source, trigger_detail)
      select company_id, run_id, agent_id, id, issue_id, source, trigger_detail from woken where is_new
      returning *`,
    // A run that somebody claims this very moment needs no hurry, and to wait for it here would close a circle of locks.
    waiting_run: sql`
      select r.company_id, r.id from woken join heartbeat_runs r on r.company_id = woken.company_id and r.id = woken.run_id
      where not woken.is_new and woken.parent_run_id is null and r.status = 'queued' and (r.wait_reason is not null or ${byBoard})
      for update of r skip locked`,
    hurried_run: sql`
      update heartbeat_runs r set available_at = now(), wait_reason = null, updated_at = now() from waiting_run x
      where r.company_id = x.company_id and r.id = x.id returning r.*`,
    queued_run: sql`select * from new_run union all select * from hurried_run`,
    wake_refused: sql`
      insert into activity_log (company_id, actor_type, actor_id, actor_name, action, entity_type, entity_id, agent_id, run_id, details)
      select company_id, 'system', 'system', 'Boardroom', 'wake.skipped', 'agent', agent_id::text, agent_id, parent_run_id,
        jsonb_build_object('reason', skip_reason, 'cause', reason, 'issueId', issue_id, 'hop', hop)
      from woken where status = 'skipped'`,
  };
}

const agentsWith = (companyId: string, newAgents: string | undefined): SQL =>
  newAgents === undefined
    ? sql`agents`
    : sql`(select company_id, id, status, runtime_config from agents where company_id = ${companyId}::uuid
        union all select company_id, id, status, runtime_config from ${sql.identifier(newAgents)})`;

/** The run in which the caller acts. One that calls with its long-lived key acts in its latest run, if that isn't long ago. */
function parentOf(companyId: string, actor: Actor): SQL {
  if (!actor.agentId) return sql`select null::uuid as run_id, null::int as hop where false`;
  const ofActor = actor.runId
    ? sql`r.id = ${actor.runId}::uuid`
    : sql`r.agent_id = ${actor.agentId}::uuid and r.fence is not null
        and (r.status = 'running' or r.finished_at > now() - make_interval(mins => ${parentRunMinutes}))`;
  return sql`
    select r.id as run_id, w.hop from heartbeat_runs r join wakes w on w.company_id = r.company_id and w.id = r.wake_id
    where r.company_id = ${companyId}::uuid and ${ofActor} order by r.id desc limit 1`;
}
