import { BoardroomError, type OperationInput, type Operations } from "@boardroom/contract";
import { type Row, schema } from "@boardroom/db";
import { and, asc, eq, gt } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

const { heartbeatRuns, runEvents } = schema;
type Input = { id: string } & OperationInput<Operations["runs.events"]>["query"];

/** The events of a run, oldest first. */
export async function listRunEvents(
  ctx: Ctx,
  { id, limit, cursor, afterSeq }: Input,
): Promise<Page<Row<typeof runEvents>>> {
  const { companyId } = ctx.db;
  const after = Number(readCursor(cursor, [cursorForms.integer])?.[0] ?? afterSeq ?? 0);
  const [runs, rows] = await ctx.db.readAll([
    ctx.db.build
      .select({ id: heartbeatRuns.id })
      .from(heartbeatRuns)
      .where(and(eq(heartbeatRuns.companyId, companyId), eq(heartbeatRuns.id, id))),
    ctx.db.build
      .select()
      .from(runEvents)
      .where(and(eq(runEvents.companyId, companyId), eq(runEvents.runId, id), gt(runEvents.seq, after)))
      .orderBy(asc(runEvents.seq))
      .limit(limit + 1),
  ]);
  if (runs.length === 0) throw new BoardroomError("not_found", "No such run.");
  return pageOf(rows, limit, (last) => [last.seq]);
}
