import type { ConfigRevision } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/** An agent's configuration as a revision keeps it, over the alias or CTE of an agent's row. */
export const configOf = (alias: string): SQL => {
  const a = sql.identifier(alias);
  return sql`jsonb_build_object('name', ${a}.name, 'role', ${a}.role, 'title', ${a}.title, 'icon', ${a}.icon,
    'reportsTo', ${a}.reports_to, 'capabilities', ${a}.capabilities, 'adapterType', ${a}.adapter_type,
    'adapterConfig', ${a}.adapter_config, 'runtimeConfig', ${a}.runtime_config, 'contextMode', ${a}.context_mode,
    'budgetMonthlyCents', ${a}.budget_monthly_cents, 'permissions', ${a}.permissions, 'metadata', ${a}.metadata,
    'instructionsVersion', ${a}.instructions_version)`;
};

interface KeptChange {
  source: ConfigRevision["source"];
  /** The CTE with the agents' rows afterwards. */
  now: string;
  /** The CTE with `id` and `config` of them before; nothing before when left out. */
  before?: string;
  /** Over the CTEs: the revision that was gone back to. */
  rolledBackFrom?: SQL;
}

/** A CTE that keeps what a change made of agents' configuration; what changed nothing leaves nothing. */
export function keepRevision({ actor }: Pick<Ctx, "actor">, { source, now, before, rolledBackFrom }: KeptChange): SQL {
  const was = before
    ? sql`join ${sql.identifier(before)} was on was.id = changed_agent.id`
    : sql`cross join (select '{}'::jsonb as config) was`;
  return sql`
    insert into agent_config_revisions (company_id, agent_id, source, changed_keys, before_config, after_config,
      rolled_back_from_revision_id, created_by_agent_id, created_by_user_id, created_by_name)
    select changed_agent.company_id, changed_agent.id, ${source}::text, difference.keys, was.config, became.config,
      ${rolledBackFrom ?? sql`null::uuid`}, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text,
      ${actor.name ?? actor.id}::text
    from ${sql.identifier(now)} changed_agent ${was}
    cross join lateral (select ${configOf("changed_agent")} as config) became
    cross join lateral (select array_agg(e.key order by e.key) as keys from jsonb_each(became.config) e
      where was.config -> e.key is distinct from e.value) difference
    where difference.keys is not null`;
}
