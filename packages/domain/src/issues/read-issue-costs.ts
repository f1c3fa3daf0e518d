import type { OperationOutput, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "./internal.ts";

type IssueCosts = OperationOutput<Operations["issues.costSummary"]>;

/** What an issue and everything below it cost. */
export async function readIssueCosts(ctx: Ctx, { id: ref }: InputOf<"issues.costSummary">): Promise<IssueCosts> {
  const { companyId } = ctx.db;
  const [costs] = await ctx.db.raw<IssueCosts>(sql`
    with recursive root as (select issues.id from issues where ${issueWhere(companyId, ref)}),
    tree as (
      select id from root
      union
      select i.id from issues i join tree on i.company_id = ${companyId}::uuid and i.parent_id = tree.id)
    select ${companyId}::uuid as "companyId", root.id as "issueId", (select count(*)::int from tree) as "issueCount",
      coalesce(sum(e.cost_cents), 0)::float8 as "spendCents", coalesce(sum(e.input_tokens), 0)::float8 as "inputTokens",
      coalesce(sum(e.output_tokens), 0)::float8 as "outputTokens"
    from root left join cost_events e on e.company_id = ${companyId}::uuid and e.issue_id in (select id from tree)
    group by root.id`);
  return found(costs, "issue");
}
