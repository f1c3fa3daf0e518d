import { type SQL, sql } from "drizzle-orm";
import { keepRevision } from "../agents/config-revision.ts";
import { followSchedule } from "../agents/follow-schedule.ts";
import { takesWebhooks } from "../agents/hire-parts.ts";
import type { Ctx } from "../context.ts";
import { templateFiles } from "../templates/index.ts";

type Part =
  | "plan_templates"
  | "plan_proposer"
  | "plan_agent"
  | "plan_manager"
  | "plan_hired"
  | "plan_instructed"
  | "plan_first_config"
  | "plan_own_secret"
  | "plan_shared_secret"
  | "plan_schedule"
  | "plan_runtime_state";

/**
 * CTEs that hire the agents of the plan in `plan_source` that were selected: `plan_hired`. One without an adapter of its own
 * runs as its proposer does: at the same address, with the same signing secret. A manager who was not selected is skipped.
 * @param sealedSecret signs the webhooks of those that have an address of their own
 */
export function planAgentParts(ctx: Pick<Ctx, "actor" | "db">, sealedSecret: string): Record<Part, SQL> {
  return {
    plan_templates: sql`select ${JSON.stringify(templateFiles())}::jsonb as files`,
    plan_proposer: sql`
      select a.* from plan_source s join agents a on a.company_id = s.company_id and a.id = s.requested_by_agent_id`,
    plan_agent: sql`
      select uuidv7() as id, s.company_id, s.id as approval_id, e.value ->> 'key' as key, e.value ->> 'reportsToKey' as manager_key,
        (e.value ->> 'reportsToAgentId')::uuid as manager_id, e.value -> 'draft' as draft, coalesce(
          case when nullif(e.value #>> '{draft,instructions}', '') is not null
            then jsonb_build_array(jsonb_build_object('path', 'AGENTS.md', 'content', e.value #>> '{draft,instructions}')) end,
          t.files -> (e.value ->> 'template'), '[]'::jsonb) as files
      from plan_source s cross join plan_templates t cross join jsonb_array_elements(s.payload -> 'agents') with ordinality e
      where jsonb_typeof(s.selection -> 'agents') is distinct from 'array' or s.selection -> 'agents' ? (e.value ->> 'key')
      order by e.ordinality`,
    plan_manager: nearestSelected("agents", "reportsToKey", "plan_agent"),
    plan_hired: sql`
      insert into agents (company_id, id, name, url_key, role, title, icon, reports_to, capabilities, adapter_type, adapter_config,
        runtime_config, context_mode, budget_monthly_cents, permissions, metadata, instructions_version, origin_approval_id, origin_key)
      select p.company_id, p.id, p.draft ->> 'name', p.draft ->> 'urlKey', p.draft ->> 'role', p.draft ->> 'title', p.draft ->> 'icon',
        coalesce(above.id, p.manager_id, case when boss.status <> 'terminated' then boss.id end), p.draft ->> 'capabilities',
        coalesce(p.draft ->> 'adapterType', boss.adapter_type, 'http'),
        case when p.draft ->> 'adapterType' is null then coalesce(boss.adapter_config, '{}'::jsonb) else p.draft -> 'adapterConfig' end,
        (p.draft -> 'runtimeConfig') || case when p.draft ->> 'adapterType' is null and boss.runtime_config ? 'runner'
          then jsonb_build_object('runner', boss.runtime_config -> 'runner') else '{}'::jsonb end,
        coalesce(p.draft ->> 'contextMode', boss.context_mode::text, 'thin')::context_mode, (p.draft ->> 'budgetMonthlyCents')::numeric,
        p.draft -> 'permissions', nullif(p.draft -> 'metadata', 'null'::jsonb),
        case when jsonb_array_length(p.files) > 0 then 1 end, p.approval_id, case when p.approval_id is not null then p.key end
      from plan_agent p left join plan_proposer boss on true
      left join plan_manager m on m.key = p.key left join plan_agent above on above.key = m.nearest
      returning *`,
    plan_instructed: sql`
      insert into agent_instructions (company_id, agent_id, version, files, author_name)
      select p.company_id, p.id, 1, p.files, coalesce(boss.name, ${ctx.actor.name ?? ctx.actor.id}::text)
      from plan_hired h join plan_agent p on p.id = h.id left join plan_proposer boss on true where h.instructions_version is not null`,
    plan_first_config: keepRevision(ctx, { source: "hire", now: "plan_hired" }),
    plan_own_secret: sql`
      insert into agent_webhook_secrets (company_id, agent_id, sealed)
      select h.company_id, h.id, ${sealedSecret}::text from plan_hired h join plan_agent p on p.id = h.id
      where p.draft ->> 'adapterType' is not null and ${takesWebhooks} returning agent_id`,
    plan_shared_secret: sql`
      insert into agent_webhook_secrets (company_id, agent_id, sealed)
      select h.company_id, h.id, x.sealed from plan_hired h join plan_agent p on p.id = h.id
      join agent_webhook_secrets x on x.company_id = h.company_id and x.agent_id = (select id from plan_proposer) and x.valid_until is null
      where p.draft ->> 'adapterType' is null`,
    plan_schedule: followSchedule("plan_hired"),
    plan_runtime_state: sql`insert into agent_runtime_state (company_id, agent_id) select company_id, id from plan_hired`,
  };
}

/** A CTE (key, nearest): from each selected thing of a plan up, the next one that was selected, too. */
export function nearestSelected(list: "agents" | "issues", field: string, selected: string): SQL {
  return sql`
    with recursive everything as (
      select e.value ->> 'key' as key, e.value ->> ${field}::text as above
      from plan_source s cross join jsonb_array_elements(s.payload -> ${list}::text) e),
    walk as (
      select x.key, e.above as nearest, 1 as steps from ${sql.identifier(selected)} x join everything e on e.key = x.key
      union all
      select walk.key, e.above, walk.steps + 1 from walk join everything e on e.key = walk.nearest
      where walk.steps < 200 and walk.nearest not in (select key from ${sql.identifier(selected)}))
    select walk.key, walk.nearest from walk where walk.nearest in (select key from ${sql.identifier(selected)})`;
}
