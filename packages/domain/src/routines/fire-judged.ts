import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { Fire } from "./fire-routine.ts";
import { maxFiresPerMinute } from "./limits.ts";
import { openIssue } from "./lock-fire.ts";
import { notYours } from "./own-routine.ts";

/**
 * The CTEs before anything happens: `judged` is the routine with the values of its variables, the issue of it that is still
 * open, why it may not fire, and what comes of the fire.
 */
export function fireJudged(ctx: Ctx, fire: Fire): Record<"due" | "target" | "valued" | "refused" | "judged", SQL> {
  const { companyId } = ctx.db;
  const given = sql`${JSON.stringify(fire.variables)}::jsonb`;
  return {
    due: dueTrigger(companyId, fire),
    target: sql`
      select r.*, c.status as company_status, c.issue_prefix, a.status as assignee_status, t.id as its_trigger_id, t.kind as trigger_kind,
        t.enabled as trigger_enabled, uuidv7() as routine_run_id,
        open_issue.id as open_id, open_issue.assignee_agent_id as open_assignee_id
      from routines r join companies c on c.id = r.company_id
      ${fire.slot ? sql`join due t on true` : sql`left join due t on true`}
      left join agents a on a.company_id = r.company_id and a.id = r.assignee_agent_id
      left join lateral (
        select i.id, i.assignee_agent_id ${openIssue}) open_issue on true
      where r.company_id = ${companyId}::uuid and r.id = ${fire.routineId}::uuid`,
    valued: sql`
      select t.*, v.values, v.missing, array(
          select key from jsonb_object_keys(${given}) key
          where not exists (select 1 from jsonb_array_elements(t.variables) d where d ->> 'name' = key)) as unknown
      from target t cross join lateral (
        select coalesce(jsonb_object_agg(d ->> 'name', x.value) filter (where x.value is not null), '{}') as values,
          coalesce(array_agg(d ->> 'name') filter (where (d ->> 'required')::boolean and nullif(x.value, '') is null), '{}') as missing
        from jsonb_array_elements(t.variables) d
        cross join lateral (select coalesce(nullif(${given} ->> (d ->> 'name'), ''), d ->> 'default', ${given} ->> (d ->> 'name')) as value) x) v`,
    refused: sql`select v.*, ${refusalOf(ctx, fire)} as refusal from valued v`,
    judged: sql`
      select v.*, case
          when refusal is not null and ${fire.slot === null}::boolean then null
          when refusal like 'company_%' then 'skipped'
          when refusal is not null then 'failed'
          when open_id is null or concurrency_policy = 'always_enqueue' then 'issue_created'
          when concurrency_policy = 'skip_if_active' then 'skipped'
          else 'coalesced'
        end::routine_run_status as outcome
      from refused v`,
  };
}

/** The trigger of the fire. Of a schedule only if the slot is still its next one, which it then no longer is. */
function dueTrigger(companyId: string, { triggerId, routineId, slot }: Fire): SQL {
  if (!slot) {
    return sql`
      select t.* from routine_triggers t
      where t.company_id = ${companyId}::uuid and t.routine_id = ${routineId}::uuid and t.id = ${triggerId}::uuid`;
  }
  return sql`
    update routine_triggers t set next_run_at = ${slot.next}::timestamptz, is_slot = true, last_fired_at = now()
    where t.company_id = ${companyId}::uuid and t.routine_id = ${routineId}::uuid and t.id = ${triggerId}::uuid
      and t.enabled and t.is_slot and t.next_run_at = ${slot.at}::timestamptz
      and exists (select 1 from routines r where r.company_id = t.company_id and r.id = t.routine_id and r.status = 'active')
    returning t.*`;
}

function refusalOf(ctx: Ctx, fire: Fire): SQL {
  const { actor } = ctx;
  const isStrict = fire.source === "manual" || fire.source === "api";
  return sql`case
    when not ${liveRunGuard(ctx)} then 'lease_lost'
    ${notYours(actor, sql`v.assignee_agent_id`)}
    when v.company_status <> 'active' then 'company_' || v.company_status
    when v.status = 'archived' then 'routine_archived'
    when ${fire.triggerId}::uuid is not null and v.its_trigger_id is null then 'no_trigger'
    when ${fire.source === "api"}::boolean and v.trigger_kind <> 'api' then 'not_an_api_trigger'
    when not v.trigger_enabled then 'trigger_disabled'
    -- The board may try out a routine that rests.
    when v.status = 'paused' and not ${actor.kind === "user" && fire.source === "manual"}::boolean then 'routine_paused'
    ${fire.slot ? sql`` : limits(fire)}
    when v.missing <> '{}' then 'missing_variables'
    when ${isStrict}::boolean and v.unknown <> '{}' then 'unknown_variables'
    when v.assignee_status = 'terminated' then 'assignee_terminated'
  end`;
}

function limits({ nonces }: Fire): SQL {
  const replayed = sql`
    when exists (
      select 1 from routine_trigger_nonces n where n.company_id = v.company_id and n.trigger_id = v.its_trigger_id
        and n.nonce = any(${textArray(nonces?.values ?? [])}) and n.expires_at > now()) then 'replayed'`;
  return sql`${nonces ? replayed : sql``}
    when (select f.triggered_at from routine_runs f where f.company_id = v.company_id and f.routine_id = v.id
      order by f.id desc offset ${maxFiresPerMinute - 1} limit 1) > now() - interval '1 minute' then 'rate_limited'`;
}
