import type { OrgNode } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { agentSpent } from "../heartbeat/gates.ts";
import { buildOrgTree } from "./org-tree.ts";

/** The org chart as a tree, out of one flat read. */
export async function readOrgChart(ctx: Ctx): Promise<OrgNode[]> {
  const rows = await ctx.db.rows<typeof schema.agents, { spentMonthlyCents: number }>(
    schema.agents,
    sql`select a.id, a.name, a.url_key, a.role, a.title, a.status, a.pause_reason, a.reports_to, a.budget_monthly_cents,
        (${agentSpent(sql`a.company_id`, sql`a.id`)})::float8 as spent_monthly_cents
      from agents a where a.company_id = ${ctx.db.companyId}::uuid order by a.id`,
  );
  return buildOrgTree(
    rows.map((row) => ({
      id: row.id,
      name: row.name,
      urlKey: row.urlKey,
      role: row.role,
      title: row.title,
      status: row.status,
      pauseReason: row.pauseReason,
      reportsTo: row.reportsTo,
      budgetMonthlyCents: row.budgetMonthlyCents,
      spentMonthlyCents: row.spentMonthlyCents,
    })),
  );
}
