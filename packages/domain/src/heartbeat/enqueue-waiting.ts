import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { DispatchedRun, Ports } from "../ports.ts";
import { lookAheadSeconds } from "./claim-schedules.ts";
import { batchSize, inBatches } from "./in-batches.ts";

/** Whether a queued run is due within the minute. */
export const runsAreDue = sql`(select min(available_at) from heartbeat_runs where status = 'queued')
  <= now() + make_interval(secs => ${lookAheadSeconds})`;

/**
 * Hands every queued run that is due within the minute to the queue, also those whose first way was lost. The queue knows a
 * delivery that it has already. Those that wait for a runner are left alone: its hub was told, and it looks when it comes.
 * @returns how many
 */
export async function enqueueWaiting(system: Connection, ports: Pick<Ports, "enqueue">): Promise<number> {
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
  }>(sql`
    select company_id, id, available_at::text as available_text,
      greatest(0, extract(epoch from available_at - now()) * 1000)::int as delay_ms
    from heartbeat_runs where status = 'queued' and available_at <= now() + make_interval(secs => ${lookAheadSeconds})
      and wait_reason is distinct from 'runner'
      ${after ? sql`and (available_at, id) > (${after.availableAt}::timestamptz, ${after.dispatched.runId}::uuid)` : sql``}
    order by available_at, id limit ${batchSize}`);
  return rows.map((row) => ({
    availableAt: row.available_text,
    dispatched: { companyId: row.company_id, runId: row.id, delayMs: row.delay_ms },
  }));
}
