import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { idArray } from "../column-values.ts";
import { isBlocked, issueLinkOf, storedBlockedBy } from "./blockers.ts";

/** A CTE of the issues that are to be done first. */
export const wantedBlockers = (companyId: string, ids: readonly string[]): SQL => sql`
  select b.company_id, b.id, b.identifier, b.title, b.status, b.issue_number from issues b
  where b.company_id = ${companyId}::uuid and b.id = any(${idArray(ids)})`;

/** Whether one of them is not an issue of the company. */
export const missesBlocker = (ids: readonly string[]): SQL =>
  sql`(select count(*) from wanted_blocker) < ${new Set(ids).size}::int`;

/** Whether one of them waits for the row `table`, or is it. */
export const closesCircle = (table: string): SQL => sql`${sql.identifier(table)}.id in (
  with recursive line as (
    select w.company_id, w.id from wanted_blocker w
    union
    select k.company_id, k.blocked_by_issue_id from issue_blockers k join line on k.company_id = line.company_id and k.issue_id = line.id)
  select id from line)`;

/** A CTE that stores them for the rows of another CTE. */
export const insertBlockers = (from: string): SQL => sql`
  insert into issue_blockers (company_id, issue_id, blocked_by_issue_id)
  select c.company_id, c.id, w.id from ${sql.identifier(from)} c, wanted_blocker w
  on conflict do nothing returning blocked_by_issue_id`;

/** CTEs that give the CTE `changed` these blockers and no others, and say what that changed. */
export const replaceBlockers = (ids: readonly string[]) => ({
  freed_from: sql`
    delete from issue_blockers k using changed
    where k.company_id = changed.company_id and k.issue_id = changed.id and k.blocked_by_issue_id <> all(${idArray(ids)})
    returning k.company_id, k.blocked_by_issue_id`,
  bound_to: insertBlockers("changed"),
  blocker_difference: sql`
    select changed.id, changed.identifier, changed.title, d.* from changed cross join lateral (
      select array(select w.identifier from bound_to n join wanted_blocker w on w.id = n.blocked_by_issue_id order by w.issue_number) as added,
        array(select n.blocked_by_issue_id from bound_to n) as added_ids, array(select f.blocked_by_issue_id from freed_from f) as removed_ids,
        array(select b.identifier from freed_from f join issues b on b.company_id = f.company_id and b.id = f.blocked_by_issue_id
          order by b.issue_number) as removed) d
    where d.added <> '{}' or d.removed <> '{}'`,
});

export const blockersLogged: ActivityEntry = {
  from: "blocker_difference",
  action: "issue.blockers_changed",
  entityType: "issue",
  entityId: sql`id`,
  details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'added', added, 'removed', removed,
    'addedIds', added_ids, 'removedIds', removed_ids)`,
};

/** What the row `table` waits for once the statement is through. */
export const nextBlockedBy = (table: string, ids: readonly string[] | undefined): SQL =>
  ids
    ? sql`(select coalesce(jsonb_agg(${issueLinkOf("w")} order by w.issue_number), '[]') from wanted_blocker w)`
    : storedBlockedBy(table);

/** Whether it then still waits for one. */
export const staysBlocked = (table: string, ids: readonly string[] | undefined): SQL =>
  ids ? sql`exists (select 1 from wanted_blocker w where w.status <> 'done')` : isBlocked(table);
