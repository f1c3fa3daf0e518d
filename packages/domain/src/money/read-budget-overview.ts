import type { BudgetOverview } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { agentSpent, companySpent } from "../heartbeat/gates.ts";
import { utilizationPercent } from "./cost-range.ts";

interface Scope {
  budgetCents: number | null;
  spentCents: number;
  paused: boolean;
}
interface Overview extends Scope {
  agents: (Scope & { agentId: string; name: string })[];
}
const maxAgents = 1000;

/** Every budget and how much of it is used this month; agents by spend, without those who left. */
export async function readBudgetOverview(ctx: Ctx): Promise<BudgetOverview> {
  const [row] = await ctx.db.raw<Overview>(sql`
    select c.budget_monthly_cents::float8 as "budgetCents", ${companySpent(sql`c.id`)}::float8 as "spentCents",
      c.status <> 'active' as paused, (
        select coalesce(jsonb_agg(jsonb_build_object('agentId', b.id, 'name', b.name, 'budgetCents', b.budget_monthly_cents,
          'spentCents', b.spent, 'paused', b.status = 'paused') order by b.spent desc, b.id), '[]')
        from (
          select a.*, ${agentSpent(sql`a.company_id`, sql`a.id`)} as spent from agents a
          where a.company_id = c.id and a.status <> 'terminated' order by spent desc, a.id limit ${maxAgents}::int) b) as agents
    from companies c where c.id = ${ctx.db.companyId}::uuid`);
  const { agents, ...company } = found(row, "company");
  return { company: withShare(company), agents: agents.map(withShare) };
}

const withShare = <S extends Scope>(scope: S) => ({
  ...scope,
  utilizationPercent: utilizationPercent(scope.spentCents, scope.budgetCents),
});
