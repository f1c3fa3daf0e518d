import type { Connection } from "@boardroom/db";
import type { Ctx } from "../context.ts";
import { archiveRunLog } from "./archive-run-log.ts";
import { listUnarchivedLogs } from "./list-unarchived-logs.ts";

/** Logs that one tick moves; there are more only after an outage, and then the next ticks go on. */
const maxLogs = 200;
/** At a time, so that connections are left for others. */
const atOnce = 3;

/**
 * Moves the logs that nobody moved when their run ended: the run was lost, or the Worker that ended it died.
 * @returns how many were moved
 * @throws AggregateError once all were tried, when some could not be moved
 */
export async function archiveLeftLogs(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const left = await listUnarchivedLogs(system, maxLogs);
  const failures: unknown[] = [];
  let moved = 0;
  const mover = async () => {
    for (let log = left.shift(); log; log = left.shift()) {
      const wasMoved = await archiveRunLog(contextFor(log.companyId), log.runId).catch((error: unknown) => {
        failures.push(error);
        return false;
      });
      if (wasMoved) moved += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, mover));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} of the logs could not be moved`);
  return moved;
}
