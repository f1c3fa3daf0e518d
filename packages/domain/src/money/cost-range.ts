import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { instantValue } from "../instant-value.ts";

export interface CostRange {
  from?: string | undefined;
  to?: string | undefined;
}

/** From the start of the current month (UTC) when no start is given, up to and without `to`. */
export function inRange(time: SQLWrapper, { from, to }: CostRange): SQL {
  const start = from ? instantValue(from) : sql`date_trunc('month', now() at time zone 'utc') at time zone 'utc'`;
  return to ? sql`${time} >= ${start} and ${time} < ${instantValue(to)}` : sql`${time} >= ${start}`;
}

/** Part of a budget that is used, in percent with one decimal; 0 without a budget, 100 of a budget of nothing once spent. */
export function utilizationPercent(spentCents: number, budgetCents: number | null): number {
  if (budgetCents === null || spentCents === 0) return 0;
  return budgetCents === 0 ? 100 : Math.round((spentCents / budgetCents) * 1000) / 10;
}
