import type { HoldAbove } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** Parents are followed so far; a tree of issues is not deeper. */
export const maxDepth = 100;

const pausing = sql`t.status = 'active' and t.mode = 'pause'`;

/** The row `table` of issues and those above it, as a select of `id` and `depth`. */
const lineOf = (table: string): SQL => {
  const i = sql.identifier(table);
  return sql`with recursive line as (
      select ${i}.id, ${i}.parent_id, 0 as depth
      union all
      select p.id, p.parent_id, line.depth + 1 from line join issues p on p.company_id = ${i}.company_id and p.id = line.parent_id
      where line.depth < ${sql.raw(String(maxDepth))})`;
};

/**
 * Whether the board paused the row `table` of issues, or one above it. A company that pauses nothing pays one look into an empty
 * index; else it is one look per parent, so that new and moved issues need no bookkeeping.
 */
export const isOnHold = (table: string): SQL<boolean> => {
  const i = sql.identifier(table);
  return sql<boolean>`(
    exists (select 1 from issue_tree_holds t where t.company_id = ${i}.company_id and ${pausing})
    and exists (${lineOf(table)} select 1 from line join issue_tree_holds t
      on t.company_id = ${i}.company_id and t.issue_id = line.id and ${pausing}))`;
};

/** The holds over the row `table` as JSON, the nearest first. */
export const holdsAbove = (table: string) => {
  const i = sql.identifier(table);
  return sql<HoldAbove[]>`(
    ${lineOf(table)}
    select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'issueId', h.id, 'identifier', h.identifier, 'reason', t.reason,
      'createdAt', ${isoText(sql`t.created_at`)}) order by line.depth), '[]')
    from line join issue_tree_holds t on t.company_id = ${i}.company_id and t.issue_id = line.id and ${pausing}
    join issues h on h.company_id = t.company_id and h.id = t.issue_id)`;
};

/**
 * Keeps the holds of a company as they are until a claim is through, as a `before` of it: who releases one then sees that the run
 * waits, or the claim sees that it need not.
 */
export const lockHolds = (companyId: string): SQL =>
  sql`select 1 from issue_tree_holds t where t.company_id = ${companyId}::uuid and ${pausing} order by t.id for share`;
