import { type Connection, isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** The minute's work is late when it was last begun longer ago. */
export const lateAfterSeconds = 90;
/** Who begins the minute's work: the cron trigger, or whoever saw that it is late. */
export type TickStarter = "schedule" | "watchdog";

/** The one row of `scheduler_state` that tells of the minute's work. */
const minute = "minute";
const isLate = sql`s.last_tick_at < now() - make_interval(secs => ${lateAfterSeconds})`;

/** Notes that the minute's work begins, as a statement. */
export const tickNoted = (by: TickStarter): SQL => sql`
  insert into scheduler_state as s (name, last_tick_at, last_tick_by) values (${minute}, now(), ${by})
  on conflict (name) do update set last_tick_at = excluded.last_tick_at, last_tick_by = excluded.last_tick_by`;

/** Notes that the minute's work begins. */
export async function noteTick(system: Connection, by: TickStarter): Promise<void> {
  await system.raw(tickNoted(by));
}

/**
 * Takes the right to do a minute's work that is late, or that never was done. Of many who see it one gets true; while it is
 * in time nothing is written or locked.
 */
export async function claimRescue(system: Connection): Promise<boolean> {
  const rows = await system.raw(sql`
    insert into scheduler_state as s (name, last_tick_at, last_tick_by, rescued)
    select ${minute}::text, now(), 'watchdog', 1 where not exists (select 1 from scheduler_state s where s.name = ${minute} and not ${isLate})
    on conflict (name) do update set last_tick_at = excluded.last_tick_at, last_tick_by = excluded.last_tick_by, rescued = s.rescued + 1
      where ${isLate}
    returning s.rescued`);
  return rows.length > 0;
}

export interface SchedulerHealth {
  lastTickAt: string | null;
  isLate: boolean;
  /** Ticks that were late and taken up by the watchdog. */
  rescued: number;
}

/** When the minute's work was last begun, in one request: also a sign of life of the database. */
export async function readSchedulerHealth(system: Connection): Promise<SchedulerHealth> {
  const [row] = await system.raw<{ last_tick_at: string | null; is_late: boolean; rescued: number }>(sql`
    select ${isoText(sql`s.last_tick_at`)} as last_tick_at, coalesce(${isLate}, true) as is_late, coalesce(s.rescued, 0) as rescued
    from (select 1) one left join scheduler_state s on s.name = ${minute}`);
  return { lastTickAt: row?.last_tick_at ?? null, isLate: row?.is_late ?? true, rescued: row?.rescued ?? 0 };
}
