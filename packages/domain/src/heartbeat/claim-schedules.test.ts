import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { followSchedule, timerPhase } from "../agents/follow-schedule.ts";
import { claimSchedules } from "./claim-schedules.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const system = () => domain.database.system("test");

beforeEach(async () => {
  // The tick looks at all companies: what an earlier test left due is none of this one's business.
  await domain.owner.query("delete from agent_schedules");
  await domain.owner.query("delete from company_schedules");
  await domain.owner.query("drop table if exists before_claim");
});

interface Timers {
  count?: number;
  /** SQL over the agent's number `n`, in seconds from now; the past is negative. */
  dueIn?: string;
  intervalSec?: number;
  hasWork?: boolean;
}

/** Agents of a company with a timer each. */
async function addTimers(tenant: Tenant, timers: Timers = {}): Promise<string[]> {
  const { count = 1, dueIn = "-1", intervalSec = 3600, hasWork = false } = timers;
  const { rows } = await domain.owner.query<{ id: string }>(
    `with agent as (
       insert into agents (company_id, name, url_key, role, adapter_type, adapter_config, runtime_config, permissions)
       select $1, 'Agent ' || n, 'agent-' || gen_random_uuid(), 'general', 'http', '{}', '{}', '{}' from generate_series(1, $2::int) n returning id),
     work as (
       insert into issues (company_id, identifier, issue_number, title, assignee_agent_id)
       select $1, 'T-' || n, n, 'Work', id from (
         select id, (select count(*) from issues) + row_number() over () as n from agent) a where $4::boolean),
     timer as (
       insert into agent_schedules (company_id, agent_id, interval_sec, next_wake_at, enabled)
       select $1, id, $3, now() + make_interval(secs => ${dueIn}), true from (select id, row_number() over () as n from agent) a)
     select id from agent`,
    [tenant.companyId, count, intervalSec, hasWork],
  );
  return rows.map(({ id }) => id);
}

const count = async (query: string, ...params: unknown[]): Promise<number> =>
  Number((await domain.owner.query(`select count(*) as n from ${query}`, params)).rows[0]?.n);

describe("fairness", () => {
  it("serves a company with three due agents in the first batch beside one with five thousand", async () => {
    const [large, small] = [await domain.newTenant(), await domain.newTenant()];
    await addTimers(large, { count: 5000, dueIn: "-3600 + n * 0.5" });
    await addTimers(small, { count: 3, dueIn: "-1" });
    const first = await claimSchedules(system(), { agents: 500, companies: 20 });
    expect(first).toMatchObject({ due: 253, spared: 253, settled: 1, remains: true });
    expect(await count("agent_schedules where company_id = $1 and empty_skips = 1", small.companyId)).toBe(3);
  });

  it("whom it served goes to the end of the line, also when more companies wait than a batch takes", async () => {
    const tenants = await Promise.all(Array.from({ length: 6 }, () => domain.newTenant()));
    for (const [index, tenant] of tenants.entries()) await addTimers(tenant, { count: 10, dueIn: `-${600 - index}` });
    for (let batch = 0; batch < 3; batch++) await claimSchedules(system(), { agents: 4, companies: 2 });
    const { rows } = await domain.owner.query(
      "select sum(empty_skips)::int as served from agent_schedules group by company_id",
    );
    expect(rows.map(({ served }) => served)).toEqual([2, 2, 2, 2, 2, 2]);
  });
});

describe("two ticks at once", () => {
  it("claim each timer once, whatever their batches", async () => {
    const tenants = await Promise.all(Array.from({ length: 8 }, () => domain.newTenant()));
    for (const tenant of tenants) await addTimers(tenant, { count: 40, hasWork: true });
    const drain = async () => {
      let due = 0;
      for (let remains = true; remains; ) {
        const claimed = await claimSchedules(system(), { agents: 16, companies: 2 });
        due += claimed.due;
        remains = claimed.remains;
      }
      return due;
    };
    const claimed = await Promise.all([drain(), drain(), drain()]);
    expect(claimed.reduce((sum, each) => sum + each)).toBe(320);
    expect(await count("heartbeat_runs where slot is not null")).toBe(320);
    expect(await count("(select 1 from wakes group by agent_id having count(*) > 1) twice")).toBe(0);
  });

  it("take different companies: one that is being claimed is passed over, not waited for", async () => {
    const [held, free] = [await domain.newTenant(), await domain.newTenant()];
    await addTimers(held, { count: 5, dueIn: "-100" });
    await addTimers(free, { count: 5 });
    const other = await domain.owner.connect();
    try {
      await other.query("begin");
      await other.query("select 1 from company_schedules where company_id = $1 for update", [held.companyId]);
      expect(await claimSchedules(system(), { agents: 10, companies: 1 })).toMatchObject({ due: 5, remains: true });
      expect(await count("agent_schedules where company_id = $1 and empty_skips = 1", free.companyId)).toBe(5);
    } finally {
      await other.query("rollback");
      other.release();
    }
    expect(await claimSchedules(system())).toMatchObject({ due: 5, remains: false });
  });

  it("wait for nobody who changes an agent, and find its timer due afterwards", async () => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant, { count: 1, hasWork: true });
    await addTimers(tenant, { count: 4 });
    const other = await domain.owner.connect();
    try {
      await other.query("begin");
      await other.query("update agents set title = 'Busy' where id = $1", [id]);
      expect(await claimSchedules(system())).toMatchObject({ due: 4, runs: 0, remains: true });
    } finally {
      await other.query("commit");
      other.release();
    }
    expect(await claimSchedules(system())).toMatchObject({ due: 1, runs: 1, remains: false });
  });
});

describe("slots", () => {
  it("keeps every timer on its own grid, over a thousand random intervals and delays, missed slots coalesced into one run", async () => {
    const tenant = await domain.newTenant();
    await addTimers(tenant, { count: 1000, hasWork: true });
    await domain.owner.query(
      `update agent_schedules set interval_sec = 60 + floor(random() * 2591940)::int,
         next_wake_at = now() - make_interval(secs => random() * 5000000)`,
    );
    await domain.owner.query("create table before_claim as select * from agent_schedules");
    await tick(system(), tenant.ports);
    const { rows } = await domain.owner.query(`
      with moved as (
        select s.interval_sec, s.next_wake_at, b.next_wake_at as slot, r.created_at as claimed_at,
          extract(epoch from s.next_wake_at - b.next_wake_at) / s.interval_sec as steps
        from agent_schedules s join before_claim b using (company_id, agent_id)
        join heartbeat_runs r on r.company_id = s.company_id and r.agent_id = s.agent_id and r.slot = b.next_wake_at)
      select count(*)::int as runs, count(*) filter (where steps <> floor(steps) or steps < 1)::int as off_grid,
        count(*) filter (where next_wake_at <= claimed_at)::int as behind,
        count(*) filter (where next_wake_at > claimed_at + make_interval(secs => interval_sec + 60))::int as skipped,
        count(*) filter (where steps > 1)::int as missed from moved`);
    expect(rows[0]).toMatchObject({ runs: 1000, off_grid: 0, behind: 0, skipped: 0 });
    expect(rows[0]?.missed).toBeGreaterThan(100);
    expect(await count("wakes where company_id = $1", tenant.companyId)).toBe(1000);
  });

  it("queues what is due within the minute for its very second", async () => {
    const tenant = await domain.newTenant();
    const [soon, late] = await addTimers(tenant, {
      count: 2,
      dueIn: "case n when 1 then 41.5 else -7 end",
      hasWork: true,
    });
    await domain.owner.query(
      "create table before_claim as select company_id, agent_id, next_wake_at from agent_schedules",
    );
    await tick(system(), tenant.ports);
    const { rows } = await domain.owner.query(
      `select r.agent_id as id, extract(epoch from r.available_at - d.next_wake_at)::float as lateness
       from heartbeat_runs r join before_claim d using (company_id, agent_id) where r.company_id = $1`,
      [tenant.companyId],
    );
    const lateness = new Map(rows.map(({ id, lateness }) => [id, lateness]));
    expect(lateness.get(soon)).toBe(0);
    expect(lateness.get(late)).toBeGreaterThanOrEqual(7);
    const mine = tenant.ports.enqueued.filter(({ companyId }) => companyId === tenant.companyId);
    const delays = mine.map(({ delayMs }) => delayMs ?? 0).sort((a, b) => a - b);
    expect(delays[0]).toBe(0);
    expect(delays[1]).toBeGreaterThan(30_000);
  });

  it("spreads the timers of a million agents hired at once evenly over the hour", async () => {
    const rows = await system().raw<{ factor: number }>(sql`
      select max(n) / avg(n) as factor from (
        select count(*)::float8 as n from (
          select ${timerPhase(sql`uuidv7()`, sql`3600`)} as second from generate_series(1, 1000000)) ids group by second) seconds`);
    expect(rows[0]?.factor).toBeLessThan(1.5);
  });
});

describe("preflight", () => {
  it("counts an agent without open work and stores no wake and no run", async () => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant);
    await domain.owner.query(
      `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id)
       select $1, 'T-' || n, n, 'Not to do', (array['backlog', 'blocked', 'done', 'cancelled'])[n]::issue_status, $2 from generate_series(1, 4) n`,
      [tenant.companyId, id],
    );
    expect(await claimSchedules(system())).toMatchObject({ due: 1, spared: 1, runs: 0, settled: 1, remains: false });
    expect(await count("wakes where company_id = $1", tenant.companyId)).toBe(0);
    expect(await count("heartbeat_runs where company_id = $1", tenant.companyId)).toBe(0);
    const { rows } = await domain.owner.query(
      "select empty_skips, last_empty_at is not null as noted, next_wake_at > now() as ahead from agent_schedules where agent_id = $1",
      [id],
    );
    expect(rows).toEqual([{ empty_skips: 1, noted: true, ahead: true }]);
  });

  it.each(["todo", "in_progress", "in_review"])("wakes an agent with work that is %s", async (status) => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant, { hasWork: true });
    await domain.owner.query("update issues set status = $2 where assignee_agent_id = $1", [id, status]);
    expect(await claimSchedules(system())).toMatchObject({ due: 1, spared: 0, runs: 1 });
    expect(await count("wakes where agent_id = $1 and status = 'open' and reason = 'timer'", id)).toBe(1);
    expect(await count("agent_schedules where agent_id = $1 and empty_skips = 0", id)).toBe(1);
  });

  it("merges into the open wake and queues no second run", async () => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant, { hasWork: true });
    await claimSchedules(system());
    await domain.owner.query("update agent_schedules set next_wake_at = now() where agent_id = $1", [id]);
    expect(await claimSchedules(system())).toMatchObject({ due: 1, runs: 0, spared: 0 });
    expect(await count("wakes where agent_id = $1 and coalesced_count = 1", id)).toBe(1);
    expect(await count("heartbeat_runs where agent_id = $1", id)).toBe(1);
  });

  it("lets a run go that waits for a storm to pass", async () => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant, { hasWork: true });
    await claimSchedules(system());
    await domain.owner.query(
      "update heartbeat_runs set available_at = now() + interval '20 minutes', wait_reason = 'storm_breaker' where agent_id = $1",
      [id],
    );
    await domain.owner.query("update agent_schedules set next_wake_at = now() where agent_id = $1", [id]);
    await claimSchedules(system());
    expect(
      await count("heartbeat_runs where agent_id = $1 and wait_reason is null and available_at <= now()", id),
    ).toBe(1);
  });

  it("keeps the rhythm of a paused company's agents, and stores and counts nothing", async () => {
    const tenant = await domain.newTenant();
    await addTimers(tenant, { count: 2, hasWork: true });
    await domain.owner.query("update companies set status = 'paused' where id = $1", [tenant.companyId]);
    expect(await claimSchedules(system())).toMatchObject({ due: 2, spared: 0, runs: 0, remains: false });
    expect(await count("wakes where company_id = $1", tenant.companyId)).toBe(0);
    expect(
      await count(
        "agent_schedules where company_id = $1 and empty_skips = 0 and next_wake_at > now()",
        tenant.companyId,
      ),
    ).toBe(2);
  });
});

describe("a company's turn", () => {
  /** Timers that the tick would not find: due before their company's turn, while that isn't now anyway. */
  const hidden = () =>
    count(`agent_schedules s left join company_schedules c using (company_id)
      where s.enabled and (c.company_id is null or s.next_wake_at < c.next_due_at and c.next_due_at > now())`);

  it("is never later than its agents', while timers are set and claimed at once", async () => {
    const tenant = await domain.newTenant();
    const ids = await addTimers(tenant, { count: 3, dueIn: "5000" });
    // They are taken before it, so that much happens between a tick's look and its lock.
    await domain.owner.query(
      `insert into companies (name, issue_prefix) select 'Idle', 'IDLE' || n from generate_series(1, 3000) n`,
    );
    const dueAgain = sql`
      insert into company_schedules (company_id, next_due_at) select id, case id when ${tenant.companyId}::uuid then now() else now() - interval '1 minute' end
      from companies on conflict (company_id) do update set next_due_at = excluded.next_due_at`;
    const until = Date.now() + 4000;
    let [changes, claims, lost] = [0, 0, 0];
    const change = async () => {
      while (Date.now() < until) {
        const id = ids[Math.floor(Math.random() * ids.length)];
        // Always beyond the look-ahead, so that nothing but the turn itself keeps it from being lost.
        const heartbeat = { enabled: Math.random() < 0.8, intervalSec: 300 + Math.floor(Math.random() * 3000) };
        await tenant.board.db.raw(sql`
          with changed as (
            update agents set runtime_config = ${JSON.stringify({ heartbeat })}::jsonb
            where company_id = ${tenant.companyId}::uuid and id = ${id}::uuid returning *),
          schedule as (${followSchedule("changed")})
          select count(*) from schedule`);
        changes += 1;
      }
    };
    const claim = async () => {
      while (Date.now() < until) {
        await system().raw(dueAgain);
        await claimSchedules(system(), { agents: 4000, companies: 4000 });
        lost += await hidden();
        claims += 1;
      }
    };
    await Promise.all([change(), change(), claim()]);
    expect(changes).toBeGreaterThan(20);
    expect(claims).toBeGreaterThan(5);
    expect(lost).toBe(0);
  });

  it("is beyond all time once no agent has a timer, and comes back with the first", async () => {
    const tenant = await domain.newTenant();
    const [id] = await addTimers(tenant);
    await domain.owner.query("update agent_schedules set enabled = false where agent_id = $1", [id]);
    expect(await claimSchedules(system())).toMatchObject({ due: 0, settled: 1, remains: false });
    expect(await count("company_schedules where company_id = $1 and next_due_at = 'infinity'", tenant.companyId)).toBe(
      1,
    );
    await domain.owner.query("update agent_schedules set enabled = true where agent_id = $1", [id]);
    expect(await claimSchedules(system())).toMatchObject({ due: 1, remains: false });
  });
});
