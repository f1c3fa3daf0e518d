import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";

/**
 * Whether the issue of the row `table` has something new for the person who asks: since they last read it, or since they came to
 * the company, somebody else made it, commented on it or ended it.
 */
export function isUnread({ actor }: Pick<Ctx, "actor">, table: string): SQL<boolean> {
  if (actor.kind !== "user") return sql<boolean>`false`;
  const i = sql.identifier(table);
  return sql<boolean>`exists (
    select 1 from memberships m
    left join issue_reads r on r.company_id = m.company_id and r.user_id = m.user_id and r.issue_id = ${i}.id
    cross join lateral (select coalesce(r.read_at, m.created_at) as since) seen
    where m.company_id = ${i}.company_id and m.user_id = ${actor.id}::text and (
      (r.issue_id is not null and r.read_at is null)
      or (${i}.created_at > since and ${i}.created_by_user_id is distinct from m.user_id)
      or greatest(${i}.completed_at, ${i}.cancelled_at) > since
      or exists (select 1 from comments k where k.company_id = ${i}.company_id and k.issue_id = ${i}.id and k.created_at > since
        and k.author_user_id is distinct from m.user_id)))`;
}

/** When the person who asks last read the issue of the row `table`; null for everybody else. */
export function lastReadAt({ actor }: Pick<Ctx, "actor">, table: string): SQL<string | null> {
  const i = sql.identifier(table);
  const reader = actor.kind === "user" ? actor.id : null;
  return sql<string | null>`(select r.read_at from issue_reads r
    where r.company_id = ${i}.company_id and r.user_id = ${reader}::text and r.issue_id = ${i}.id)`;
}
