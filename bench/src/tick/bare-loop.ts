import type pg from "pg";

/**
 * The least that a scheduler could do: one table, one index by time, and no rule. The same rows as `agent_schedules`, so as
 * many indexes to keep.
 */
export async function prepareBareLoop(owner: pg.Client): Promise<void> {
  await owner.query("drop table if exists bare_schedules");
  await owner.query("create table bare_schedules (like agent_schedules) with (fillfactor = 70)");
  await owner.query("insert into bare_schedules select * from agent_schedules");
  await owner.query("alter table bare_schedules add primary key (company_id, agent_id)");
  await owner.query("create index on bare_schedules (next_wake_at) where enabled");
  await owner.query("grant select, update on bare_schedules to boardroom_system");
  await owner.query("vacuum analyze bare_schedules");
  await owner.query("checkpoint");
}

/** Takes due rows and advances them. @returns how many */
export async function claimBare(system: pg.Client, limit: number): Promise<number> {
  const { rowCount } = await system.query(
    `with due as (
       select company_id, agent_id from bare_schedules where enabled and next_wake_at <= now() + interval '60 seconds'
       order by next_wake_at limit $1 for update skip locked)
     update bare_schedules s set next_wake_at = s.next_wake_at + make_interval(secs => s.interval_sec)
     from due where s.company_id = due.company_id and s.agent_id = due.agent_id`,
    [limit],
  );
  return rowCount ?? 0;
}
