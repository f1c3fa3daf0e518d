import type { Routine } from "@boardroom/contract";
import { type Connection, isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { maxDueSchedules, punctualSeconds } from "./limits.ts";
import type { PendingSlots } from "./plan-slots.ts";

export interface DueTrigger {
  companyId: string;
  routineId: string;
  triggerId: string;
  /** The stored time to the last digit, to compare it by. */
  expected: string;
  pending: PendingSlots;
}

interface DueRow {
  company_id: string;
  routine_id: string;
  id: string;
  cron_expression: string;
  timezone: string;
  is_slot: boolean;
  expected: string;
  next_run_at: string;
  catch_up_policy: Routine["catchUpPolicy"];
  now: string;
}

/** Whether a schedule is due. */
export const schedulesAreDue = sql`(select min(next_run_at) from routine_triggers where next_run_at is not null)
  <= now() + make_interval(secs => ${punctualSeconds}::int)`;

/** The schedules that are due over all companies, in turns: the first of each company, then the second of each. */
export async function listDueTriggers(system: Connection): Promise<DueTrigger[]> {
  const rows = await system.raw<DueRow>(sql`
    select t.company_id, t.routine_id, t.id, t.cron_expression, t.timezone, t.is_slot, t.next_run_at::text as expected,
      ${isoText(sql`t.next_run_at`)} as next_run_at, r.catch_up_policy, ${isoText(sql`now()`)} as now
    from (
      select *, row_number() over (partition by company_id order by next_run_at, id) as turn from routine_triggers
      where next_run_at <= now() + make_interval(secs => ${punctualSeconds}::int) and enabled and kind = 'schedule'
      order by turn, next_run_at limit ${maxDueSchedules}) t
    join routines r on r.company_id = t.company_id and r.id = t.routine_id and r.status = 'active'
    order by t.turn, t.next_run_at`);
  return rows.map((row) => ({
    companyId: row.company_id,
    routineId: row.routine_id,
    triggerId: row.id,
    expected: row.expected,
    pending: {
      schedule: { cronExpression: row.cron_expression, timezone: row.timezone },
      from: new Date(row.next_run_at),
      isSlot: row.is_slot,
      catchUpPolicy: row.catch_up_policy,
      now: new Date(row.now),
    },
  }));
}
