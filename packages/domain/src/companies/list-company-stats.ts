import type { OperationItem, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

type CompanyStats = OperationItem<Operations["companies.stats"]>;

/** Agents, issues and pending approvals of each company that a person belongs to, newest company first. */
export async function listCompanyStats(ctx: PersonCtx, input: InputOf<"companies.stats">): Promise<Page<CompanyStats>> {
  const older = olderThan(sql`m.company_id`, input.cursor);
  const rows = await ctx.system.raw<CompanyStats>(sql`
    select m.company_id as "companyId",
      (select count(*)::int from agents a where a.company_id = m.company_id and a.status <> 'terminated') as "agentCount",
      (select count(*)::int from issues i where i.company_id = m.company_id) as "issueCount",
      (select count(*)::int from approvals p where p.company_id = m.company_id and p.status = 'pending') as "pendingApprovals"
    from memberships m where m.user_id = ${ctx.person.userId} ${older ? sql`and ${older}` : sql``}
    order by m.company_id desc limit ${input.limit + 1}`);
  return pageOf(rows, input.limit, (last) => [last.companyId]);
}
