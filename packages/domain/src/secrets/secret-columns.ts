import type { Secret } from "@boardroom/contract";
import type { Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** What a secret shows beside its own columns. */
export interface SecretExtras
  extends Pick<Secret, "agentIds" | "projectIds" | "keptVersions" | "referenceCount" | "lastResolvedAt"> {}
export type SecretRow = Row<typeof schema.secrets, SecretExtras>;

/** How settings name the secret `s`. */
export const referenceOf = sql`('$' || '{secret:' || s.key || '}')`;

const uses = (table: "agents" | "projects" | "routines", column: "adapter_config" | "env") => sql`(
  select count(*) from ${sql.raw(table)} u where u.company_id = s.company_id and position(${referenceOf} in u.${sql.raw(column)}::text) > 0
    ${table === "agents" ? sql`and u.status <> 'terminated'` : sql``})`;

/** How many agents, projects and routines name the secret `s`. */
export const referenceCount = sql`(
  ${uses("agents", "adapter_config")} + ${uses("projects", "env")} + ${uses("routines", "env")})::int`;

/** The select list of a secret as the API shows it, over the alias `s`; its limits as they were before the statement. */
export const secretColumns = sql`
  s.*, ${referenceCount} as reference_count,
  array(select l.agent_id from secret_agents l where l.company_id = s.company_id and l.secret_id = s.id order by 1) as agent_ids,
  array(select l.project_id from secret_projects l where l.company_id = s.company_id and l.secret_id = s.id order by 1) as project_ids,
  (select count(*) from secret_versions v where v.company_id = s.company_id and v.secret_id = s.id and v.sealed is not null)::int as kept_versions,
  (select to_jsonb(e.created_at) from secret_access_events e
    where e.company_id = s.company_id and e.secret_id = s.id order by e.id desc limit 1) as last_resolved_at`;

/** A secret as it is shown. */
export const shownSecret = ({ lastResolvedAt, ...row }: SecretRow): Secret => ({
  ...row,
  lastResolvedAt: lastResolvedAt === null ? null : new Date(lastResolvedAt).toISOString(),
});
