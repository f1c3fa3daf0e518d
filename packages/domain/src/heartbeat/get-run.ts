import { BoardroomError } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { selectRunListItems } from "./run-list-item.ts";

const { heartbeatRuns, issues, wakes } = schema;

/** One run with the wake that caused it, the issues it holds, and the run that tried its task again. */
export async function getRun(ctx: Ctx, { id }: { id: string }) {
  const { companyId } = ctx.db;
  const [runs, causes, checkedOutIssues, retries] = await ctx.db.readAll([
    selectRunListItems(ctx.db, eq(heartbeatRuns.id, id), 1),
    ctx.db.build
      .select()
      .from(wakes)
      .where(
        and(
          eq(wakes.companyId, companyId),
          eq(
            wakes.id,
            ctx.db.build
              .select({ wakeId: heartbeatRuns.wakeId })
              .from(heartbeatRuns)
              .where(and(eq(heartbeatRuns.companyId, companyId), eq(heartbeatRuns.id, id))),
          ),
        ),
      ),
    ctx.db.build
      .select({ id: issues.id, identifier: issues.identifier, title: issues.title })
      .from(issues)
      .where(and(eq(issues.companyId, companyId), eq(issues.checkoutRunId, id)))
      .limit(50),
    ctx.db.build
      .select({ id: heartbeatRuns.id })
      .from(heartbeatRuns)
      .where(and(eq(heartbeatRuns.companyId, companyId), eq(heartbeatRuns.retryOfRunId, id)))
      .limit(1),
  ]);
  const [run] = runs;
  if (!run) throw new BoardroomError("not_found", "No such run.");
  return { ...run, wake: causes[0] ?? null, checkedOutIssues, retriedByRunId: retries[0]?.id ?? null };
}
