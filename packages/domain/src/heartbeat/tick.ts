import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { DispatchedRun, Ports } from "../ports.ts";
import { claimSchedules, lookAheadSeconds } from "./claim-schedules.ts";
import { reapRuns } from "./reap-runs.ts";

export interface TickReport {
  /** Schedules claimed and advanced. */
  due: number;
  reaped: number;
  /** Runs handed to the queue. */
  queued: number;
}

const batchSize = 500;
/** Batches of one tick; what is left over is due in the next one. */
const maxBatches = 40;

/**
 * The minute's work: claims due timers, ends expired leases, and hands every queued run that is due within the minute to the
 * queue, also those whose first way was lost. Any number of ticks may run at once, and any may be missed.
 */
export async function tick(system: Connection, ports: Pick<Ports, "enqueue">): Promise<TickReport> {
  const report: TickReport = { due: 0, reaped: 0, queued: 0 };
  const stages = [
    async () => {
      report.due = await inBatches(async () => (await claimSchedules(system, batchSize)).claimed);
    },
    async () => {
      report.reaped = await inBatches(async () => (await reapRuns(system, batchSize)).length);
    },
    async () => {
      report.queued = await enqueueWaiting(system, ports);
    },
  ];
  // One stage that fails must not keep the others from their minute.
  const failures: unknown[] = [];
  for (const stage of stages) await stage().catch((error: unknown) => failures.push(error));
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} of ${stages.length} parts of the tick failed`);
  return report;
}

/** Repeats a batch until one is not full. @returns how many there were in all */
async function inBatches(runBatch: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const done = await runBatch();
    total += done;
    if (done < batchSize) break;
  }
  return total;
}

async function enqueueWaiting(system: Connection, ports: Pick<Ports, "enqueue">): Promise<number> {
  let after: Waiting | null = null;
  return inBatches(async () => {
    const waiting: Waiting[] = await listWaiting(system, after);
    if (waiting.length > 0) await ports.enqueue(waiting.map(({ dispatched }) => dispatched));
    after = waiting.at(-1) ?? null;
    return waiting.length;
  });
}

interface Waiting {
  availableAt: string;
  dispatched: DispatchedRun;
}

async function listWaiting(system: Connection, after: Waiting | null): Promise<Waiting[]> {
  const rows = await system.raw<{
    company_id: string;
    id: string;
    available_text: string;
    delay_ms: number;
    attempt: number;
  }>(sql`
    select company_id, id, attempt, available_at::text as available_text,
      greatest(0, extract(epoch from available_at - now()) * 1000)::int as delay_ms
    from heartbeat_runs where status = 'queued' and available_at <= now() + make_interval(secs => ${lookAheadSeconds})
      ${after ? sql`and (available_at, id) > (${after.availableAt}::timestamptz, ${after.dispatched.runId}::uuid)` : sql``}
    order by available_at, id limit ${batchSize}`);
  return rows.map((row) => ({
    availableAt: row.available_text,
    dispatched: { companyId: row.company_id, runId: row.id, delayMs: row.delay_ms, attempt: row.attempt },
  }));
}
