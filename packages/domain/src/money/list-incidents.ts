import type { BudgetIncident } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type IncidentRow, shownIncidents } from "./policy-columns.ts";

/** Thresholds that were reached, newest first. */
export async function listIncidents(ctx: Ctx, input: InputOf<"budgets.incidents">): Promise<Page<BudgetIncident>> {
  const { limit, cursor, status } = input;
  const [after] = readCursor(cursor, [cursorForms.id]) ?? [];
  const rows = await ctx.db.raw<IncidentRow>(sql`
    ${shownIncidents(sql`(
      select * from budget_incidents where company_id = ${ctx.db.companyId}::uuid
        ${after ? sql`and id < ${after}::uuid` : sql``} ${status ? sql`and status = ${status}::budget_incident_status` : sql``}
      order by id desc limit ${limit + 1}::int)`)}
    order by n.id desc`);
  return pageOf(rows, limit, (last) => [last.id]);
}
