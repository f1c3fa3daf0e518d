import type { Milestone } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type MilestoneCounts, milestoneCounts } from "./milestone-counts.ts";

/** The milestones of a project: what is due soonest first, what has no date last. */
export async function listMilestones(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"milestones.list">,
): Promise<Page<Milestone>> {
  const rows = await ctx.db.rows<typeof schema.milestones, MilestoneCounts>(
    schema.milestones,
    sql`select shown.* from projects p left join lateral (
        select m.*, counts.* from milestones m cross join ${milestoneCounts("m")}
        where m.company_id = p.company_id and m.project_id = p.id ${after(cursor)}
        order by m.target_date nulls last, m.id limit ${limit + 1}) shown on true
      where p.company_id = ${ctx.db.companyId}::uuid and p.id = ${id}::uuid
      order by shown.target_date nulls last, shown.id`,
  );
  const first = found(rows[0], "project");
  return pageOf(first.id === null ? [] : rows, limit, (last) => [last.targetDate ?? undated, last.id]);
}

const undated = "none";
const dateForm = /^(none|[0-9]{4,6}-[0-9]{2}-[0-9]{2})$/;

/** What a cursor leaves to show. */
function after(cursor: string | undefined): SQL {
  const [date, id] = readCursor(cursor, [dateForm, cursorForms.id]) ?? [];
  if (!date || !id) return sql``;
  if (date === undated) return sql`and m.target_date is null and m.id > ${id}::uuid`;
  return sql`and (m.target_date is null or (m.target_date, m.id) > (${date}::date, ${id}::uuid))`;
}
