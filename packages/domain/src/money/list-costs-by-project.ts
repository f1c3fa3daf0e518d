import type { OperationItem, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

type CostByProject = OperationItem<Operations["costs.byProject"]>;

/** Spend by project, highest first; costs outside of any project stand together under null. */
export async function listCostsByProject(ctx: Ctx, input: InputOf<"costs.byProject">): Promise<Page<CostByProject>> {
  return rankCosts(ctx, input, {
    by: { key: sql`e.project_id` },
    shown: sql`t.key as "projectId", p.name as "projectName"`,
    joins: sql`left join projects p on p.company_id = ${ctx.db.companyId}::uuid and p.id = t.key`,
  });
}
