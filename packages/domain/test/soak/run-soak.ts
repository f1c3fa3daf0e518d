import { seededRandom } from "@boardroom/local";
import type pg from "pg";
import { auditKernel, type Finding } from "../audit-kernel.ts";
import { startDomainDatabase } from "../start-domain-database.ts";
import { skewClock } from "./skewed-clock.ts";
import { countRuns, drain, type LoadOptions, putLoad } from "./soak-load.ts";
import { openSoakWorld, type SoakFaults } from "./soak-world.ts";

export interface SoakOptions extends LoadOptions {
  /** Of all that happens by chance; the order of concurrent calls is chance besides. */
  seed: number;
}
export interface SoakReport {
  runs: number;
  seconds: number;
  /** How many runs and wakes came to which end. */
  outcomes: Record<string, number>;
  /** What was done to them. */
  troubles: Record<string, number>;
  /** What the audit found; empty when all is well. */
  findings: Finding[];
  /** What callers and agents met that they never should. */
  failures: string[];
}

const faults: SoakFaults = {
  lostRequests: 0.01,
  lostAnswers: 0.01,
  killedWorkers: 0.03,
  dropped: 0.05,
  repeated: 0.1,
  late: 0.2,
};
const clockTurnsEveryMs = 700;

/** Runs the kernel under load while everything around it fails by chance, and audits what is left. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { seed, runs, log } = options;
  const database = await startDomainDatabase(seed);
  const clock = skewClock(clockTurnsEveryMs);
  try {
    const companies = Math.max(8, Math.min(120, Math.ceil(runs / 250)));
    const world = await openSoakWorld(database, { companies, faults, random: seededRandom(seed) });
    log(`${runs} runs in ${companies} companies; seed ${seed}`);
    const startedAt = performance.now();
    const load = await putLoad(world, options);
    const rounds = await drain(world, load);
    const seconds = (performance.now() - startedAt) / 1000;
    const findings = [...load.findings, ...(await auditKernel(database.owner, { atRest: true }))];
    const lost = await countMissing(database.owner, load.acknowledged);
    const deadlocks = await countDeadlocks(database.owner);
    const { queue, agents, counts } = world;
    return {
      runs: await countRuns(world),
      seconds,
      outcomes: await readOutcomes(database.owner),
      troubles: {
        ...load.troubles,
        "messages lost": queue.counts.dropped,
        "messages repeated": queue.counts.repeated,
        "messages late": queue.counts.late,
        "Workers killed": counts.killed,
        "deliveries that broke off": counts.unanswered,
        "turns of the clock": clock.turns(),
        "rounds until rest": rounds,
        ...agents.counts,
      },
      findings,
      failures: [
        ...load.failures,
        ...agents.failures,
        ...(lost > 0 ? [`${lost} acknowledged wakes are gone`] : []),
        ...(deadlocks > 0 ? [`${deadlocks} deadlocks`] : []),
      ],
    };
  } finally {
    clock.stop();
    await database.stop();
  }
}

async function countMissing(owner: pg.Pool, wakeIds: string[]): Promise<number> {
  const { rows } = await owner.query<{ missing: number }>(
    "select count(*)::int as missing from unnest($1::uuid[]) as told (id) where not exists (select 1 from wakes w where w.id = told.id)",
    [wakeIds],
  );
  return rows[0]?.missing ?? 0;
}

/** Since the last power cut, which loses the statistics. */
async function countDeadlocks(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ deadlocks: number }>(
    "select deadlocks::int from pg_stat_database where datname = current_database()",
  );
  return rows[0]?.deadlocks ?? 0;
}

async function readOutcomes(owner: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ outcome: string; count: number }>(`
    select 'run ' || status || coalesce(' (' || error_code || ')', '') as outcome, count(*)::int as count from heartbeat_runs group by 1
    union all select 'wake ' || status || coalesce(' (' || skip_reason || ')', ''), count(*)::int from wakes group by 1
    union all select 'wake merged into another', sum(coalesced_count)::int from wakes order by 1`);
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
}
