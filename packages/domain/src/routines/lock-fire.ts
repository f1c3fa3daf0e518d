import { type SQL, sql } from "drizzle-orm";
import { statusArray } from "../issues/internal.ts";
import { terminalStatuses } from "../issues/transitions.ts";
import { lockRoutine } from "./own-routine.ts";

/** The latest issue of the routine `r` that has not ended, as the alias `i` of what is selected from it. */
export const openIssue = sql`
  from issues i where i.company_id = r.company_id and i.origin_kind = 'routine' and i.origin_id = r.id::text
    and i.status <> all(${statusArray(terminalStatuses)})
  order by i.id desc limit 1`;

/**
 * The locks of a fire, as the `before` of its mutation. Fires of one routine go one after another: each sees the issue, the
 * delivery and the count of the one before. An issue that is about to end has ended before the fire looks, or is told of it
 * in time. Agents come before issues, as for what ends a run.
 */
export function lockFire(companyId: string, routineId: string): SQL[] {
  const routine = sql`from routines r left join lateral (select i.id, i.assignee_agent_id ${openIssue}) o on true
    where r.company_id = ${companyId}::uuid and r.id = ${routineId}::uuid`;
  return [
    lockRoutine(companyId, routineId),
    sql`
      select 1 from agents a where a.company_id = ${companyId}::uuid
        and a.id in (select unnest(array[r.assignee_agent_id, o.assignee_agent_id]) ${routine})
      order by a.id for key share`,
    sql`
      select 1 from issues i where i.company_id = ${companyId}::uuid and i.id in (select o.id ${routine}) for no key update`,
  ];
}
