import { leaseLost } from "./heartbeat/executor.ts";

/**
 * The row of a write whose only guard is the caller's lease.
 * @throws BoardroomError lease_lost when there is none
 */
export function written<T>(row: T | undefined): T {
  if (row === undefined) throw leaseLost();
  return row;
}
