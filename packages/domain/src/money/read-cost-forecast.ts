import type { CostForecast } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";

/** Whole days behind the rate. */
const lookBackDays = 14;

interface Figures {
  budgetCents: number | null;
  spentCents: number;
  daysLeft: number;
  today: string;
  usedDays: number[];
  days: { date: string; costCents: number }[];
}

/**
 * What the month (UTC) will have cost at its end: what was spent, and for each day that is left what the last whole days cost in
 * the mean, at most fourteen and none before the company's first cost. The range takes the mean of their cheaper and of their
 * dearer half instead.
 */
export async function readCostForecast(ctx: Ctx): Promise<CostForecast> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.raw<Figures>(sql`
    with today as (select (now() at time zone 'utc')::date as day),
    spent as (
      select d.day, sum(d.spent_cents) as cents from spend_days d, today
      where d.company_id = ${companyId}::uuid and d.day >= least(date_trunc('month', today.day)::date, today.day - ${lookBackDays}::int) and d.day <= today.day
      group by d.day),
    first as (select min(d.day) as day from spend_days d where d.company_id = ${companyId}::uuid)
    select c.budget_monthly_cents::float8 as "budgetCents",
      coalesce((select sum(cents) from spent where day >= date_trunc('month', today.day)), 0)::float8 as "spentCents",
      ((date_trunc('month', today.day) + interval '1 month')::date - today.day)::int as "daysLeft", today.day::text as today,
      coalesce((select jsonb_agg(coalesce(s.cents, 0)::float8) from generate_series(greatest(today.day - ${lookBackDays}::int, (select day from first)), today.day - 1, interval '1 day') g
        left join spent s on s.day = g::date), '[]') as "usedDays",
      coalesce((select jsonb_agg(jsonb_build_object('date', day, 'costCents', cents::float8) order by day) from spent
        where day >= date_trunc('month', today.day)), '[]') as days
    from companies c, today where c.id = ${companyId}::uuid`);
  return toForecast(companyId, found(row, "company"));
}

function toForecast(
  companyId: string,
  { budgetCents, usedDays, daysLeft, today, days, ...row }: Figures,
): CostForecast {
  const spentCents = Math.max(0, row.spentCents);
  const spentToday = days.find(({ date }) => date === today)?.costCents ?? 0;
  const used = usedDays.length > 0 ? usedDays : [spentToday];
  const sorted = [...used].sort((a, b) => a - b);
  const half = Math.ceil(sorted.length / 2);
  const atEnd = (perDay: number) =>
    toCents(spentCents + Math.max(0, perDay - spentToday) + Math.max(0, perDay) * (daysLeft - 1));
  const perDayCents = Math.max(0, mean(used));
  return {
    companyId,
    budgetCents,
    spentCents,
    daysUsed: usedDays.length,
    perDayCents: toCents(perDayCents),
    monthEndCents: atEnd(perDayCents),
    lowCents: atEnd(mean(sorted.slice(0, half))),
    highCents: atEnd(mean(sorted.slice(-half))),
    exhaustedOn: exhaustedOn({ budgetCents, spentCents, perDayCents, daysLeft, today }),
    days,
  };
}

interface Course {
  budgetCents: number | null;
  spentCents: number;
  perDayCents: number;
  daysLeft: number;
  today: string;
}

/** The day of this month on which the budget is used up at this rate. */
function exhaustedOn({ budgetCents, spentCents, perDayCents, daysLeft, today }: Course): string | null {
  if (budgetCents === null) return null;
  if (spentCents >= budgetCents) return today;
  const daysUntil = perDayCents > 0 ? Math.ceil((budgetCents - spentCents) / perDayCents) : Infinity;
  if (daysUntil >= daysLeft) return null;
  return new Date(Date.parse(`${today}T00:00:00Z`) + daysUntil * 86_400_000).toISOString().slice(0, 10);
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const toCents = (value: number) => Math.round(value * 1_000_000) / 1_000_000;
