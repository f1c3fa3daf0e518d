import type { Routine } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { type RoutineExtras, routineColumns, shownRoutine } from "./routine-rows.ts";

/** The company's routines, newest first; archived ones only when asked for. */
export async function listRoutines(ctx: Ctx, input: InputOf<"routines.list">): Promise<Page<Routine>> {
  const { status, assigneeAgentId, cursor, limit } = input;
  const rows = await ctx.db.rows<typeof schema.routines, RoutineExtras>(
    schema.routines,
    sql`
      select ${routineColumns} from routines r
      where r.company_id = ${ctx.db.companyId}::uuid
        and ${status ? sql`r.status = ${status}::routine_status` : sql`r.status <> 'archived'`}
        ${assigneeAgentId ? sql`and r.assignee_agent_id = ${assigneeAgentId}::uuid` : sql``}
        and ${olderThan(sql`r.id`, cursor) ?? sql`true`}
      order by r.id desc limit ${limit + 1}`,
  );
  return pageOf(
    rows.map((row) => shownRoutine(ctx.ports, row)),
    limit,
    (last) => [last.id],
  );
}
