import type { Dashboard } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { dashboardFigures } from "./dashboard-figures.ts";

/** What moved, what waits and what it costs: all figures of the first screen in one statement. */
export async function readDashboard(ctx: Ctx): Promise<Dashboard> {
  const figures = dashboardFigures(ctx.db.companyId);
  const [row] = await ctx.db.raw<Omit<Dashboard, "companyId">>(sql`
    select ${figures.agents} as agents, ${figures.tasks} as tasks, ${figures.costs} as costs,
      ${figures.pending_approvals} as "pendingApprovals", ${figures.budgets} as budgets, ${figures.today} as today,
      ${figures.run_activity} as "runActivity", ${figures.spend_by_day} as "spendByDay"`);
  return { companyId: ctx.db.companyId, ...found(row, "company") };
}
