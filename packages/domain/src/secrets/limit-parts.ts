import { type SQL, sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";

/** Whom and where a secret is limited to; what is left out stays as it is. */
export interface SecretLimits {
  agentIds?: string[] | undefined;
  projectIds?: string[] | undefined;
}

/** CTEs that give the secret of the CTE `from` these limits and no others. */
export function limitParts(from: string, { agentIds, projectIds }: SecretLimits): Record<string, SQL> {
  return { ...partsOf(from, "agent", agentIds), ...partsOf(from, "project", projectIds) };
}

function partsOf(from: string, noun: "agent" | "project", ids: string[] | undefined): Record<string, SQL> {
  if (!ids) return {};
  const [table, column] = [sql.raw(`secret_${noun}s`), sql.raw(`${noun}_id`)];
  const source = sql.identifier(from);
  return {
    [`dropped_${noun}`]: sql`
      delete from ${table} l using ${source} c
      where l.company_id = c.company_id and l.secret_id = c.id and l.${column} <> all(${idArray(ids)})`,
    [`added_${noun}`]: sql`
      insert into ${table} (company_id, secret_id, ${column})
      select c.company_id, c.id, wanted from ${source} c, unnest(${idArray([...new Set(ids)])}) wanted on conflict do nothing`,
  };
}

/** The limits as they are once the statement is through. */
export const nextLimits = <T extends { agentIds: string[]; projectIds: string[] }>(
  row: T,
  limits: SecretLimits,
): T => ({
  ...row,
  agentIds: sorted(limits.agentIds) ?? row.agentIds,
  projectIds: sorted(limits.projectIds) ?? row.projectIds,
});
const sorted = (ids: string[] | undefined) => ids && [...new Set(ids)].sort();
