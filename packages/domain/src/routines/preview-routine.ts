import type { RoutinePreview } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { nextSlots, previewedRuns, readSchedule, slotsPerMonth } from "./cron.ts";

interface Facts {
  now: string;
  is_there: boolean;
  median_cents: number | null;
}

/**
 * When a schedule would fire, and what that would cost by what its routine's issues cost so far.
 * @throws BoardroomError invalid_request for what is no schedule or never fires, not_found
 */
export async function previewRoutine(
  ctx: Ctx,
  { cronExpression, timezone, routineId }: InputOf<"routines.preview">,
): Promise<RoutinePreview> {
  const schedule = readSchedule(cronExpression, timezone);
  const { companyId } = ctx.db;
  const asked = sql`${routineId ?? null}::uuid`;
  const [facts] = await ctx.db.raw<Facts>(sql`
    select ${isoText(sql`now()`)} as now,
      ${asked} is null or exists (
        select 1 from routines where company_id = ${companyId}::uuid and id = ${asked}) as is_there,
      (select percentile_cont(0.5) within group (order by spent.cents) from (
        select (select sum(h.cost_cents) from heartbeat_runs h where h.company_id = i.company_id and h.issue_id = i.id) as cents
        from issues i
        where i.company_id = ${companyId}::uuid and i.origin_kind = 'routine' and i.origin_id = ${asked}::text
          and i.status in ('done', 'cancelled')
          and exists (select 1 from heartbeat_runs h where h.company_id = i.company_id and h.issue_id = i.id)
        order by i.id desc limit 20) spent)::float8 as median_cents`);
  if (!facts?.is_there) throw notFound("routine");
  const now = new Date(facts.now);
  const runsPerMonth = slotsPerMonth(schedule, now);
  const { median_cents: medianCostCents } = facts;
  return {
    nextRuns: nextSlots(schedule, now, previewedRuns).map((slot) => slot.toISOString()),
    runsPerMonth,
    medianCostCents,
    expectedMonthlyCostCents: medianCostCents === null ? null : medianCostCents * runsPerMonth,
  };
}
