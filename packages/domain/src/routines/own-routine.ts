import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../context.ts";

/** A `case` branch: an agent has to do only with routines whose assignee, given as SQL, is itself. */
export const notYours = ({ agentId }: Actor, assignee: SQL): SQL =>
  agentId ? sql`when ${assignee} is distinct from ${agentId}::uuid then 'not_yours'` : sql``;

/** Makes changes and fires of a routine wait for each other, so that each one looks after the one before. */
export const lockRoutine = (companyId: string, routineId: string | SQL): SQL => sql`
  select 1 from routines where company_id = ${companyId}::uuid
    and id = ${typeof routineId === "string" ? sql`${routineId}::uuid` : routineId} for no key update`;
