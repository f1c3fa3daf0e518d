import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { tracedGoal } from "../issues/traced-goal.ts";
import { filled } from "./fill.ts";
import type { Fire } from "./fire-routine.ts";
import { maxKeptFires, prunedAtOnce } from "./limits.ts";

const maxTitleChars = 300;
const maxTextChars = 100_000;

/** Where the body of a webhook is asked for. All of them together bring no more than is kept: it may be large, and they many. */
const payloadPlaces = sql.raw(`regexp_count(concat(j.title, ' ', j.description), '\\{\\{\\s*payload\\s*\\}\\}')::int`);

const goal = tracedGoal({ companyId: sql`w.company_id`, projectId: sql`w.project_id`, nearer: sql`w.goal_id` });

type Part =
  | "recorded"
  | "written"
  | "numbered"
  | "created"
  | "commented"
  | "concerned"
  | "noted"
  | "forgotten"
  | "trigger_fired"
  | "pruned";

/** The CTEs of what comes of the CTE `judged`: the entry, the issue or the comment on the open one, the delivery that is kept. */
export function issueParts(ctx: Ctx, fire: Fire): Record<Part, SQL> {
  const { actor } = ctx;
  const payload = sql`${fire.payload}::jsonb`;
  const at = fire.slot ? sql`${fire.slot.at}::timestamptz` : sql`now()`;
  return {
    // A value that a variable has hides nothing that is always there: such names can't be defined.
    written: sql`
      select j.*, left(coalesce(nullif(btrim(regexp_replace(${filled(sql`j.title`, sql`x.values`)}, '\\s+', ' ', 'g')), ''), j.title),
          ${maxTitleChars}) as issue_title,
        left(${filled(sql`j.description`, sql`x.values`)}, ${maxTextChars}) as issue_text,
        jsonb_build_object('routineId', j.id, 'routineRunId', j.routine_run_id, 'routineSource', ${fire.source}::text,
          'triggerId', ${fire.triggerId}::uuid, 'variables', j.values) || ${fire.payload === null ? sql`'{}'::jsonb` : sql`jsonb_build_object('payload', ${payload})`} as context
      from judged j cross join lateral (select j.values || jsonb_build_object(
        'date', to_char(${at} at time zone 'utc', 'YYYY-MM-DD'), 'timestamp', ${isoText(at)},
        'payload', left(coalesce(jsonb_pretty(${payload}), ''), ${maxTextChars} / greatest(1, ${payloadPlaces}))) as values
        -- Made once, and not anew for every place that it fills.
        offset 0) x
      where j.outcome is not null`,
    numbered: sql`
      update companies c set issue_counter = c.issue_counter + 1 from written w
      where c.id = w.company_id and w.outcome = 'issue_created' returning c.issue_counter as number`,
    created: sql`
      insert into issues (company_id, identifier, issue_number, project_id, goal_id, title, description, priority, assignee_agent_id,
        created_by_agent_id, created_by_user_id, origin_kind, origin_id, origin_run_id, origin_fingerprint)
      select w.company_id, w.issue_prefix || '-' || n.number, n.number, w.project_id, ${goal}, w.issue_title, w.issue_text, w.priority, w.assignee_agent_id, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text,
        'routine', w.id::text, ${actor.runId}::uuid, md5(w.values::text)
      from written w, numbered n returning *`,
    // A fire that brings nothing new only wakes; otherwise the open issue is told what it brought.
    commented: sql`
      insert into comments (company_id, issue_id, body, author_agent_id, author_user_id, author_name, run_id)
      select w.company_id, w.open_id, left('The routine "' || w.title || '" fired again.' || coalesce(
          (select string_agg(e'\n- ' || key || ': ' || value, '' order by key) from jsonb_each_text(w.values)), '') ||
          ${fire.payload === null ? sql`''` : sql`e'\n\n\`\`\`json\n' || jsonb_pretty(${payload}) || e'\n\`\`\`'`}, ${maxTextChars}),
        ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text, ${actor.name ?? actor.id}::text, ${actor.runId}::uuid
      from written w
      where w.outcome = 'coalesced' and ${fire.payload !== null || Object.keys(fire.variables).length > 0}::boolean
      returning *`,
    concerned: sql`
      select i.id, i.identifier, i.title, i.status, i.assignee_agent_id, w.title as routine_title, w.context from created i, written w
      union all
      select i.id, i.identifier, i.title, i.status, i.assignee_agent_id, w.title, w.context
      from written w join issues i on i.company_id = w.company_id and i.id = w.open_id where w.outcome = 'coalesced'`,
    recorded: sql`
      insert into routine_runs (company_id, id, routine_id, trigger_id, source, status, reason, scheduled_for, variables, trigger_payload, linked_issue_id)
      select w.company_id, w.routine_run_id, w.id, ${fire.triggerId}::uuid, ${fire.source}::routine_run_source, w.outcome,
        coalesce(w.refusal, case when w.outcome in ('coalesced', 'skipped') then 'issue_open' end), ${fire.slot?.at ?? null}::timestamptz,
        w.values, ${payload}, coalesce((select id from created), w.open_id)
      from written w returning *`,
    pruned: oldFires,
    ...deliveryParts(fire),
  };
}

/** A fire takes old ones out of the history, a few at a time; the log keeps them, and no slot of long ago comes again. */
const oldFires = sql`
  delete from routine_runs f using written w, lateral (
    select o.id from routine_runs o where o.company_id = w.company_id and o.routine_id = w.id
    order by o.id desc offset ${maxKeptFires - 1} limit ${prunedAtOnce}) old
  where f.company_id = w.company_id and f.id = old.id`;

/** What is kept of a delivery, so that it can't come again, and what no longer has to be. */
function deliveryParts({ nonces, triggerId, slot }: Fire): Record<"noted" | "forgotten" | "trigger_fired", SQL> {
  const values = textArray(nonces?.values ?? []);
  return {
    noted: sql`
      insert into routine_trigger_nonces (company_id, trigger_id, nonce, expires_at)
      select distinct w.company_id, w.its_trigger_id, nonce, now() + make_interval(secs => ${nonces?.keptSec ?? 0}::int)
      from written w, unnest(${values}) as nonce
      on conflict (company_id, trigger_id, nonce) do update set expires_at = excluded.expires_at`,
    forgotten: sql`
      delete from routine_trigger_nonces n using written w
      where n.company_id = w.company_id and n.trigger_id = w.its_trigger_id and n.expires_at <= now() and n.nonce <> all(${values})`,
    trigger_fired:
      triggerId === null || slot
        ? sql`select 1`
        : sql`
      update routine_triggers t set last_fired_at = now() from written w
      where t.company_id = w.company_id and t.id = w.its_trigger_id`,
  };
}
