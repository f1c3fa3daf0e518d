import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type CompiledStatement, compileStatement } from "@boardroom/db";
import { allowLogin, migrateDatabase } from "@boardroom/db/migrate";
import { claimLimits, claimSchedules, claimStatement, tick } from "@boardroom/domain";
import { type LocalPostgres, startPostgres } from "@boardroom/local";
import pg from "pg";
import { row } from "./percentile.ts";
import { type BareLoop, bareLoops, claimBare, prepareBareLoops } from "./tick/bare-loop.ts";
import { type Fleet, intervalSec, loadFleet, overdue, phased, setTimers } from "./tick/load-fleet.ts";
import { countBuffers, overTcp } from "./tick/over-tcp.ts";

type Print = (line: string) => void;

interface Measured {
  fleet: Fleet;
  buffersPerAgent: number;
  drained: Drained;
  emptyClaim: number;
  emptyTick: number;
  minute: { agents: number; seconds: number; lateMs: number; herd: number };
}

/** Agents claimed and the time that it took, by the tick and by the bare loops. */
type Drained = Record<"ours" | BareLoop, { agents: number; ms: number }>;

const quickFleets: Fleet[] = [
  { agents: 1_000, withWork: 10 },
  { agents: 100_000, withWork: 10 },
  { agents: 100_000, withWork: 100 },
];
/** Takes some minutes, nearly all of them to make the million. */
const million: Fleet = { agents: 1_000_000, withWork: 10 };

/** What the scheduler costs the database, from a thousand to a million agents; on a PostgreSQL of its own. */
export async function measureTick(print: Print, fleets = quickFleets): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), "boardroom-tick-"));
  const postgres = await startPostgres({ dataDir: join(home, "pg") });
  const measured: Measured[] = [];
  try {
    for (const [index, fleet] of fleets.entries()) measured.push(await measure(postgres, `tick_${index}`, fleet));
  } finally {
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
  report(print, measured);
}

async function measure(postgres: LocalPostgres, database: string, fleet: Fleet): Promise<Measured> {
  const ownerUrl = await postgres.createDatabase(database);
  await migrateDatabase(ownerUrl);
  await allowLogin(ownerUrl, { app: "app-password", system: "system-password" });
  const owner = new pg.Client(ownerUrl);
  const system = new pg.Client(postgres.url(database, { user: "boardroom_system", password: "system-password" }));
  await Promise.all([owner.connect(), system.connect()]);
  try {
    await loadFleet(owner, fleet);
    await setTimers(owner, overdue);
    const claim = compileStatement(claimStatement(claimLimits));
    const buffersPerAgent = await explainClaim(system, claim);
    const drained = Object.fromEntries(
      (["ours", ...bareLoops] as const).map((loop) => [loop, { agents: 0, ms: 0 }]),
    ) as Drained;
    // A fleet of one batch is drained a few times, so that one hiccup isn't the result.
    for (let round = 0; round === 0 || (round < 5 && fleet.agents <= claimLimits.agents); round++) {
      if (round > 0) await setTimers(owner, overdue);
      await prepareBareLoops(owner);
      await drainAll(system, drained);
    }
    await owner.query("update heartbeat_runs set status = 'cancelled' where status = 'queued'");
    await owner.query("vacuum analyze");
    const emptyClaim = await countBuffers(system, claim);
    const emptyTick = await countEmptyTick(system);
    await setTimers(owner, phased());
    const minute = await claimOneMinute(owner, system);
    return { fleet, buffersPerAgent, drained, emptyClaim, emptyTick, minute };
  } finally {
    await Promise.all([owner.end(), system.end()]);
    await postgres.dropDatabase(database);
  }
}

/** Buffers of one batch for each agent that it claims; the batch is undone. */
async function explainClaim(system: pg.Client, claim: CompiledStatement): Promise<number> {
  const countDue = async (): Promise<number> =>
    (await system.query("select count(*)::int as n from agent_schedules where next_wake_at <= now()")).rows[0].n;
  await system.query("begin");
  const due = await countDue();
  const buffers = await countBuffers(system, claim);
  const claimed = due - (await countDue());
  await system.query("rollback");
  return buffers / claimed;
}

/** Claims everything that is due, batch by batch in turns with the bare loops, so that a machine that drifts drifts under all. */
async function drainAll(system: pg.Client, drained: Drained): Promise<void> {
  const connection = overTcp(system);
  const claims: Record<keyof Drained, () => Promise<{ due: number; remains: boolean }>> = {
    ours: () => claimSchedules(connection),
    timers: () => claimBatch(system, "timers"),
    "timers and runs": () => claimBatch(system, "timers and runs"),
  };
  const left = new Set(Object.keys(claims) as (keyof Drained)[]);
  while (left.size > 0) {
    for (const loop of left) {
      const started = performance.now();
      const { due, remains } = await claims[loop]();
      drained[loop].agents += due;
      drained[loop].ms += performance.now() - started;
      if (!remains) left.delete(loop);
    }
  }
}

async function claimBatch(system: pg.Client, loop: BareLoop) {
  const due = await claimBare(system, loop, claimLimits.agents);
  return { due, remains: due > 0 };
}

/** All statements of a tick that finds nothing to do, each explained after it ran once. */
async function countEmptyTick(system: pg.Client): Promise<number> {
  const sent: CompiledStatement[] = [];
  await tick(overTcp(system, sent), { enqueue: async () => undefined });
  let buffers = 0;
  for (const statement of sent) buffers += await countBuffers(system, statement);
  return buffers;
}

/**
 * A minute like any other: timers lie where hiring puts them, and the tick takes what is due in the coming sixty seconds. Late
 * is what is queued for later than its slot, of the slots after the tick began.
 */
async function claimOneMinute(owner: pg.Client, system: pg.Client): Promise<Measured["minute"]> {
  const begun = await owner.query("select now()::text as at");
  const started = performance.now();
  let agents = 0;
  for (let remains = true; remains; ) {
    const claimed = await claimSchedules(overTcp(system));
    agents += claimed.due;
    remains = claimed.remains;
  }
  const seconds = (performance.now() - started) / 1000;
  const { rows } = await owner.query(
    `select coalesce(percentile_cont(0.99) within group (order by extract(epoch from available_at - slot) * 1000), 0)::float8 as late_ms
     from heartbeat_runs where slot >= $1`,
    [begun.rows[0].at],
  );
  const herd = await owner.query(
    `select max(n) / avg(n) as factor from (
       select count(*)::float8 as n from (
         select next_wake_at as at from agent_schedules) t group by date_bin('1 second', at, '2000-01-01')) seconds`,
  );
  return { agents, seconds, lateMs: rows[0].late_ms, herd: herd.rows[0].factor };
}

function report(print: Print, measured: Measured[]): void {
  print("");
  print("The scheduler's tick over PostgreSQL, all timers due at once, 100 agents a company");
  print("The bare loops advance timers by one index and know no rule; the second also queues a run for who has work");
  const widths = [10, 10, 15, 10, 10, 12, 7, 16, 7] as const;
  const line = (...cells: string[]) => print(row(cells.map((cell, index) => [cell, widths[index] ?? 10])));
  line(
    "agents",
    "with work",
    "buffers/agent",
    "drained s",
    "agents/s",
    "bare loop/s",
    "ratio",
    "bare with runs/s",
    "ratio",
  );
  for (const { fleet, buffersPerAgent, drained } of measured) {
    const perSecond = ({ agents, ms }: Drained["ours"]) => (agents / ms) * 1000;
    const ours = perSecond(drained.ours);
    line(
      String(fleet.agents),
      `${fleet.withWork} %`,
      buffersPerAgent.toFixed(1),
      (fleet.agents / ours).toFixed(2),
      ours.toFixed(0),
      ...bareLoops.flatMap((loop) => {
        const bare = perSecond(drained[loop]);
        return [bare.toFixed(0), (ours / bare).toFixed(2)];
      }),
    );
  }
  const like = measured.filter(({ fleet }) => fleet.withWork === measured[0]?.fleet.withWork);
  const buffers = like.map(({ buffersPerAgent }) => buffersPerAgent);
  if (like.length > 1)
    print(`Buffers per claimed agent, most to least: ${(Math.max(...buffers) / Math.min(...buffers)).toFixed(2)}`);
  print("");
  print("A tick that finds nothing, in buffers, and a usual minute of hourly timers");
  const columns = [10, 10, 12, 10, 10, 12, 8, 6] as const;
  const second = (...cells: string[]) => print(row(cells.map((cell, index) => [cell, columns[index] ?? 10])));
  second("agents", "with work", "empty claim", "empty tick", "due", "claimed in s", "late p99", "herd");
  for (const { fleet, emptyClaim, emptyTick, minute } of measured)
    second(
      String(fleet.agents),
      `${fleet.withWork} %`,
      String(emptyClaim),
      String(emptyTick),
      String(minute.agents),
      minute.seconds.toFixed(2),
      `${minute.lateMs.toFixed(0)} ms`,
      // Of few agents a second tells nothing.
      fleet.agents / intervalSec < 100 ? "" : minute.herd.toFixed(2),
    );
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { agents: { type: "string" }, work: { type: "string", default: "10" } } });
  const fleets = values.agents
    ? [{ agents: Number(values.agents), withWork: Number(values.work) }]
    : [...quickFleets, million];
  await measureTick((line) => process.stdout.write(`${line}\n`), fleets);
}
