import { type SQL, sql } from "drizzle-orm";

/** Whether the agent `manager` stands above the agent `agent` in the chain of command; all three are expressions. */
export const isAbove = (companyId: SQL, manager: SQL, agent: SQL): SQL<boolean> => sql<boolean>`exists (
  with recursive line as (
    select a.reports_to as id, array[a.id] as seen from agents a where a.company_id = ${companyId} and a.id = ${agent}
    union all
    select m.reports_to, line.seen || m.id from line join agents m on m.company_id = ${companyId} and m.id = line.id
    where m.id <> all (line.seen))
  select 1 from line where line.id = ${manager})`;

/** The id of the nearest manager of the agent `agent` who can be woken, or null: then it is the board's. */
export const nearestManager = (companyId: SQL, agent: SQL): SQL<string | null> => sql<string | null>`(
  with recursive line as (
    select a.reports_to as id, array[a.id] as seen, 'paused'::agent_status as status from agents a
    where a.company_id = ${companyId} and a.id = ${agent}
    union all
    select m.reports_to, line.seen || m.id, m.status from line join agents m on m.company_id = ${companyId} and m.id = line.id
    where m.id <> all (line.seen))
  select m.id from line join agents m on m.company_id = ${companyId} and m.id = line.id
  where m.status in ('idle', 'active', 'running') and m.id <> ${agent} order by cardinality(line.seen) limit 1)`;
