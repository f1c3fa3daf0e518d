import type { RoutineRun } from "@boardroom/contract";
import { type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { linkedIssue, type RunExtras, shownRun } from "./routine-rows.ts";

/** Every fire of a routine with what came of it, newest first. */
export async function listRoutineRuns(
  ctx: Ctx,
  { id, status, limit, cursor }: InputOf<"routines.runs">,
): Promise<Page<RoutineRun>> {
  // The routine's own row comes along, so that one without a fire is not taken for one that isn't there.
  const rows = await ctx.db.rows<typeof schema.routineRuns, RunExtras>(
    schema.routineRuns,
    sql`
      select shown.* from routines r
      left join lateral (
        select f.*, ${linkedIssue} from routine_runs f
        where f.company_id = r.company_id and f.routine_id = r.id
          ${status ? sql`and f.status = ${status}::routine_run_status` : sql``}
          and ${olderThan(sql`f.id`, cursor) ?? sql`true`}
        order by f.id desc limit ${limit + 1}) shown on true
      where r.company_id = ${ctx.db.companyId}::uuid and r.id = ${id}::uuid order by shown.id desc`,
  );
  if (rows.length === 0) throw notFound("routine");
  const runs: Row<typeof schema.routineRuns, RunExtras>[] = rows.filter((run) => run.id !== null);
  return pageOf(runs.map(shownRun), limit, (last) => [last.id]);
}
