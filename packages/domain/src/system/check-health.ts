import type { OperationOutput, Operations } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import { readSchedulerHealth } from "../heartbeat/scheduler-watch.ts";

/** Asks the database for a sign of life; when it gives none, the error is the answer. */
export async function checkHealth(ctx: {
  system: Connection;
  version: string;
}): Promise<OperationOutput<Operations["system.health"]>> {
  return { status: "ok", version: ctx.version, scheduler: await readSchedulerHealth(ctx.system) };
}
