import type { Ctx } from "../context.ts";

/** What follows a decision after its commit: the runs that it queued start. */
export function followDecision(ctx: Ctx, { queuedRunIds }: { queuedRunIds: string[] | null }): void {
  const { companyId } = ctx.db;
  ctx.ports.dispatch((queuedRunIds ?? []).map((runId) => ({ companyId, runId })));
}
