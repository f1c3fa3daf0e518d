import type { IssueLink, IssueStatus } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { storedBlockedBy, storedBlocks } from "./blockers.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Finds an issue of the company by id or by identifier in any case; `table` is the name or alias in the statement. */
export function issueWhere(companyId: string, ref: string, table = "issues"): SQL {
  const of = (column: string) => sql`${sql.identifier(table)}.${sql.identifier(column)}`;
  if (uuid.test(ref)) return sql`${of("company_id")} = ${companyId}::uuid and ${of("id")} = ${ref}::uuid`;
  const issueNumber = Number(ref.slice(ref.lastIndexOf("-") + 1));
  return sql`${of("company_id")} = ${companyId}::uuid and ${of("issue_number")} = ${issueNumber}::int
    and ${of("identifier")} = ${ref.toUpperCase()}::text`;
}

/**
 * Locks an issue as the `before` of a mutation. A statement that locks a row and changes it as well can close a circle of locks
 * with two others that do the same: what it waited for has made its snapshot old, and it queues behind those who wait for it.
 */
export const lockIssue = (companyId: string, ref: string): SQL =>
  sql`select 1 from issues where ${issueWhere(companyId, ref)} for no key update`;

/** The id of an issue as a subquery. */
export const issueId = (companyId: string, ref: string): SQL =>
  sql`(select issues.id from issues where ${issueWhere(companyId, ref)})`;

/** The labels of a row as they were before the statement. */
export const storedLabelIds = (table: string) => sql<string[]>`array(
  select l.label_id from issue_labels l
  where l.company_id = ${sql.identifier(table)}.company_id and l.issue_id = ${sql.identifier(table)}.id order by l.label_id)`;

/** What an issue shows beside its own columns. */
export interface IssueExtras {
  labelIds: string[];
  blockedBy: IssueLink[];
  blocks: IssueLink[];
}

/** The columns of that for the row `table`, as they were before the statement. */
export const storedExtras = (table: string): SQL =>
  sql`${storedLabelIds(table)} as label_ids, ${storedBlockedBy(table)} as blocked_by, ${storedBlocks(table)} as blocks`;

/** The run that holds the row `table` still runs and its lease is valid: over the alias `h` of heartbeat_runs. */
export const holds = (table: string): SQL => sql`h.company_id = ${sql.identifier(table)}.company_id
  and h.id = ${sql.identifier(table)}.checkout_run_id and h.status = 'running' and h.lease_expires_at > now()`;

export const statusArray = (statuses: readonly IssueStatus[]): SQL => sql`${sql.param(statuses)}::issue_status[]`;

/** The parents of the row `table` as a JSON array, root first. */
export const ancestorsOf = (table: string): SQL => sql`(
  with recursive line as (
    select p.company_id, p.id, p.identifier, p.title, p.parent_id, 1 as depth from issues p
    where p.company_id = ${sql.identifier(table)}.company_id and p.id = ${sql.identifier(table)}.parent_id
    union all
    select p.company_id, p.id, p.identifier, p.title, p.parent_id, line.depth + 1 from line
    join issues p on p.company_id = line.company_id and p.id = line.parent_id where line.depth < 100)
  select coalesce(jsonb_agg(jsonb_build_object('id', id, 'identifier', identifier, 'title', title) order by depth desc), '[]')
  from line)`;
