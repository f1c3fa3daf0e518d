import type { Ctx } from "../context.ts";

/** Tells the runner that waits for a decision that there is one; it would ask by itself a little later. */
export function tellDecision(
  { db, ports }: Ctx,
  decided: { id: string; runId: string; runnerId: string | null },
): void {
  const { id, runId, runnerId } = decided;
  if (runnerId === null) return;
  ports.afterwards(() =>
    ports.runnerHub.tell(db.companyId, [runnerId], { type: "decision", toolApprovalId: id, runId }),
  );
}
