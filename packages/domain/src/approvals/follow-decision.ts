import type { Approval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";

type Decided = Pick<Approval, "id" | "status" | "effectedAt" | "effectAt"> & { queuedRunIds: string[] | null };

/**
 * What follows a decision after its commit: the runs that it queued start, a final one gets its receipt, and the end of a grace
 * window is put into the queue.
 */
export function followDecision(ctx: Ctx, { id, status, effectAt, effectedAt, queuedRunIds }: Decided): void {
  const { companyId } = ctx.db;
  const { ports } = ctx;
  ports.dispatch((queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
  if (status === "approved" && effectedAt === null && effectAt !== null) {
    ports.decisions.closeLater(companyId, id, Math.max(0, Date.parse(effectAt) - Date.now()));
    return;
  }
  if (status !== "pending" && status !== "revision_requested") ports.decisions.keepReceipt(companyId, id);
}
