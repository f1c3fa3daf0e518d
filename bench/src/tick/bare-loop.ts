import type pg from "pg";

/** The least that a scheduler could do, without a rule: advance timers, and perhaps queue a run for those that have work. */
export type BareLoop = "timers" | "timers and runs";

const tables = { timers: "bare_schedules", "timers and runs": "bare_schedules_with_runs" } as const;
export const bareLoops = Object.keys(tables) as BareLoop[];

/** One table, one index by time: the same rows as `agent_schedules`, so as many indexes to keep. And one of runs, each slot once. */
export async function prepareBareLoops(owner: pg.Client): Promise<void> {
  for (const table of Object.values(tables)) {
    await owner.query(`drop table if exists ${table}`);
    await owner.query(`create table ${table} (like agent_schedules, works boolean not null) with (fillfactor = 70)`);
    await owner.query(
      `insert into ${table} select s.*, exists (
         select 1 from issues i where i.company_id = s.company_id and i.assignee_agent_id = s.agent_id and i.status = 'todo')
       from agent_schedules s`,
    );
    await owner.query(`alter table ${table} add primary key (company_id, agent_id)`);
    await owner.query(`create index on ${table} (next_wake_at) where enabled`);
    await owner.query(`grant select, update on ${table} to boardroom_system`);
    await owner.query(`vacuum analyze ${table}`);
  }
  await owner.query("drop table if exists bare_runs");
  await owner.query(
    `create table bare_runs (company_id uuid not null, id uuid not null default uuidv7(), agent_id uuid not null, slot timestamptz not null,
       status run_status not null default 'queued', created_at timestamptz not null default now(),
       primary key (company_id, id), unique (company_id, agent_id, slot))`,
  );
  await owner.query("grant select, insert on bare_runs to boardroom_system");
  await owner.query("checkpoint");
}

/** Takes due rows and advances them, and queues their runs where it does. @returns how many */
export async function claimBare(system: pg.Client, loop: BareLoop, limit: number): Promise<number> {
  const advanced = `
    update ${tables[loop]} s set next_wake_at = s.next_wake_at + make_interval(secs => s.interval_sec)
    from due where s.company_id = due.company_id and s.agent_id = due.agent_id`;
  const claim = `
    with due as (
      select company_id, agent_id from ${tables[loop]} where enabled and next_wake_at <= now() + interval '60 seconds'
      order by next_wake_at limit $1 for update skip locked)`;
  const { rows } = await system.query<{ count: number }>(
    loop === "timers"
      ? `${claim}, advanced as (${advanced} returning 1) select count(*)::int as count from advanced`
      : `${claim}, advanced as (${advanced} returning s.company_id, s.agent_id, s.works, old.next_wake_at as slot),
         queued as (
           insert into bare_runs (company_id, agent_id, slot) select company_id, agent_id, slot from advanced where works
           on conflict (company_id, agent_id, slot) do nothing)
         select count(*)::int as count from advanced`,
    [limit],
  );
  return rows[0]?.count ?? 0;
}
