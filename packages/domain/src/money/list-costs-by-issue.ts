import type { OperationItem, Operations } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { inRange } from "./cost-range.ts";
import { type Ranking, rankCosts } from "./cost-ranking.ts";

type CostByIssue = OperationItem<Operations["costs.byIssue"]>;

/**
 * Spend by issue, highest first; costs outside of any issue stand together under null. By subtree, an issue without a parent
 * stands for all that is below it.
 */
export async function listCostsByIssue(
  ctx: Ctx,
  { subtree, ...input }: InputOf<"costs.byIssue">,
): Promise<Page<CostByIssue>> {
  return rankCosts(ctx, input, {
    ...(subtree ? byRoot(ctx, input) : { by: { key: sql`e.issue_id` } }),
    shown: sql`t.key as "issueId", i.identifier, i.title`,
    joins: sql`left join issues i on i.company_id = ${ctx.db.companyId}::uuid and i.id = t.key`,
  });
}

/** Climbs from the issues that cost something, not down from all. */
function byRoot({ db }: Ctx, input: Omit<InputOf<"costs.byIssue">, "subtree">): Pick<Ranking, "by" | "sources"> {
  const climbed: SQL = sql`
    left join (
      with recursive climb as (
        select i.id as issue_id, i.id as at_id, i.parent_id from issues i where i.company_id = ${db.companyId}::uuid and i.id in (
          select c.issue_id from cost_events c where c.company_id = ${db.companyId}::uuid and ${inRange(sql`c.occurred_at`, input)})
        union all
        select climb.issue_id, i.id, i.parent_id from climb join issues i on i.company_id = ${db.companyId}::uuid and i.id = climb.parent_id)
      select issue_id, at_id as root_id from climb where parent_id is null) root on root.issue_id = e.issue_id`;
  return { by: { key: sql`root.root_id` }, sources: climbed };
}
