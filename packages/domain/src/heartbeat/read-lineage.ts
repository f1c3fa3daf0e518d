import type { RunAncestor } from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { commentAuthor } from "./caused-by.ts";

/** More than the hop limit and the retries of one task make together. */
const mostAncestors = 40;

/** The runs that led to a run: from each to the one that it tries again, else to the one that caused its wake. */
export async function readLineage(ctx: Ctx, { id }: InputOf<"runs.lineage">): Promise<RunAncestor[]> {
  const { companyId } = ctx.db;
  const rows = await ctx.db.rows<typeof schema.heartbeatRuns, RunAncestor>(
    schema.heartbeatRuns,
    sql`
      with recursive line as (
        select r.id, 0 as depth, null::text as led_to from heartbeat_runs r
        where r.company_id = ${companyId}::uuid and r.id = ${id}::uuid
        union all
        select coalesce(r.retry_of_run_id, w.parent_run_id), line.depth + 1,
          case when r.retry_of_run_id is null then 'caused' else 'retried' end
        from line
        join heartbeat_runs r on r.company_id = ${companyId}::uuid and r.id = line.id
        join wakes w on w.company_id = r.company_id and w.id = r.wake_id
        where line.depth < ${mostAncestors} and coalesce(r.retry_of_run_id, w.parent_run_id) is not null)
      select r.id as run_id, a.id as agent_id, a.name as agent_name, r.status::text as status, i.identifier as issue_identifier,
        ${isoText(sql`r.created_at`)} as created_at, w.source::text as source, w.reason,
        ${commentAuthor(sql`w.company_id`, sql`w.payload`)} as caused_by, line.led_to
      from line
      join heartbeat_runs r on r.company_id = ${companyId}::uuid and r.id = line.id
      join wakes w on w.company_id = r.company_id and w.id = r.wake_id
      join agents a on a.company_id = r.company_id and a.id = r.agent_id
      left join issues i on i.company_id = r.company_id and i.id = r.issue_id
      order by line.depth desc`,
  );
  if (rows.length === 0) throw notFound("run");
  return rows;
}
