import { type SQL, sql } from "drizzle-orm";
import { issueWhere } from "../issues/internal.ts";
import { lockTree } from "../tree-lock.ts";
import { maxDepth } from "./hold-gate.ts";

/** A select of the `id` and `depth` of an issue and all below it. */
export const belowIssue = (companyId: string, ref: string): SQL => sql`
  with recursive below as (
    select issues.id, 0 as depth from issues where ${issueWhere(companyId, ref)}
    union all
    select c.id, below.depth + 1 from below join issues c on c.company_id = ${companyId}::uuid and c.parent_id = below.id
    where below.depth < ${sql.raw(String(maxDepth))})
  select id, depth from below`;

/** The runs that work on those issues, or are to: over the alias `r`. */
export const worksBelow = (companyId: string, ref: string): SQL => sql`
  r.company_id = ${companyId}::uuid and r.status in ('queued', 'running') and (
    r.issue_id in (select b.id from (${belowIssue(companyId, ref)}) b)
    or r.id in (select i.checkout_run_id from (${belowIssue(companyId, ref)}) b
      join issues i on i.company_id = ${companyId}::uuid and i.id = b.id where i.checkout_run_id is not null))`;

/**
 * Locks, in the order that claims, ends and checkouts take them, all that a hold stops: the tree against moves, agents before their
 * runs, runs before issues.
 */
export const lockBelow = (companyId: string, ref: string): SQL[] => [
  lockTree(companyId, "issues"),
  sql`select 1 from agents a where a.company_id = ${companyId}::uuid and a.id in (
    select r.agent_id from heartbeat_runs r where ${worksBelow(companyId, ref)}) order by a.id for no key update`,
  sql`select 1 from heartbeat_runs r where ${worksBelow(companyId, ref)} order by r.id for no key update`,
  sql`select 1 from issues i where i.company_id = ${companyId}::uuid and i.id in (
    select b.id from (${belowIssue(companyId, ref)}) b) order by i.id for no key update`,
];
