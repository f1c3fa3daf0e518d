import { type SQL, sql } from "drizzle-orm";

/** A secret that a run's settings name, as the claim finds it. */
export interface FoundSecretRow {
  key: string;
  /** Why it is not given out; null when it is. */
  refusal: "missing" | "disabled" | "other_agent" | "other_project" | null;
  id: string | null;
  version: number | null;
  sealed: string | null;
  dataKeyVersion: number | null;
  wrapped: string | null;
}

/** What the claim adds to a run. */
export interface RunSettings {
  /** Environment of the project and the routine, references unresolved; the routine's wins. */
  environment: Record<string, string> | null;
  secrets: FoundSecretRow[] | null;
}

/** `${secret:key}`, as PostgreSQL looks for it. */
const reference = "\\$\\{secret:([A-Za-z][A-Za-z0-9_.-]{0,62})\\}";

/**
 * CTEs that find the secrets which a claimed run needs and write down that it was given them: all of them, or none when one is
 * refused. Over the CTEs `claimed` and `facts` of the claim.
 */
export const secretClaimParts = (companyId: string): Record<string, SQL> => ({
  settings: sql`
    select claimed.company_id, claimed.id, claimed.agent_id, i.project_id, f.adapter_config,
      coalesce(p.env, '{}') || coalesce(ro.env, '{}') as environment
    from claimed join facts f on f.id = claimed.id
    left join issues i on i.company_id = claimed.company_id and i.id = claimed.issue_id
    left join projects p on p.company_id = i.company_id and p.id = i.project_id
    left join routines ro on ro.company_id = i.company_id and i.origin_kind = 'routine' and ro.id::text = i.origin_id`,
  ...foundSecretParts(companyId, "settings", sql`'run'`),
});

/**
 * The CTEs `found_secret` and `accessed` over a CTE with company_id, id (the run's), agent_id, project_id, adapter_config and
 * environment.
 */
export const foundSecretParts = (companyId: string, from: string, purpose: SQL): Record<string, SQL> => ({
  needed_secret: sql`
    select distinct c.agent_id, c.project_id, m[1] as key from ${sql.identifier(from)} c
    cross join lateral regexp_matches(c.adapter_config::text || c.environment::text, ${reference}, 'g') m`,
  found_secret: sql`
    select n.key, s.id, s.latest_version as version, v.sealed, v.data_key_version, k.wrapped, case
        when s.id is null or v.sealed is null then 'missing'
        when s.status = 'disabled' then 'disabled'
        when exists (select 1 from secret_agents l where l.company_id = s.company_id and l.secret_id = s.id)
          and not exists (select 1 from secret_agents l where l.company_id = s.company_id and l.secret_id = s.id and l.agent_id = n.agent_id) then 'other_agent'
        when exists (select 1 from secret_projects l where l.company_id = s.company_id and l.secret_id = s.id)
          and not exists (select 1 from secret_projects l where l.company_id = s.company_id and l.secret_id = s.id and l.project_id = n.project_id) then 'other_project'
      end as refusal
    from needed_secret n
    left join secrets s on s.company_id = ${companyId}::uuid and s.key = n.key and s.deleted_at is null
    left join secret_versions v on v.company_id = s.company_id and v.secret_id = s.id and v.version = s.latest_version
    left join company_data_keys k on k.company_id = v.company_id and k.version = v.data_key_version`,
  accessed: sql`
    insert into secret_access_events (company_id, secret_id, secret_version, agent_id, run_id, purpose)
    select c.company_id, g.id, g.version, c.agent_id, c.id, ${purpose} from ${sql.identifier(from)} c, found_secret g
    where not exists (select 1 from found_secret where refusal is not null)`,
});

/** The secrets as one JSON value; sealed values come along only when all of them are given out. */
export const foundSecrets: SQL = sql`(
  select jsonb_agg(jsonb_build_object('key', g.key, 'refusal', g.refusal, 'id', g.id, 'version', g.version,
    'sealed', g.sealed, 'dataKeyVersion', g.data_key_version, 'wrapped', g.wrapped) order by g.key) from found_secret g)`;
