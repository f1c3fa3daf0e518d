import type { OperationItem, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { rankCosts } from "./cost-ranking.ts";

type CostByIssue = OperationItem<Operations["costs.byIssue"]>;

/** Spend by issue, highest first; costs outside of any issue stand together under null. */
export async function listCostsByIssue(ctx: Ctx, input: InputOf<"costs.byIssue">): Promise<Page<CostByIssue>> {
  return rankCosts(
    ctx,
    input,
    "issue_id",
    sql`t.key as "issueId", i.identifier, i.title`,
    sql`left join issues i on i.company_id = ${ctx.db.companyId}::uuid and i.id = t.key`,
  );
}
