import { BoardroomError, type OperationInput, type Operations } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, exists, lt, or, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

const { activityLog, heartbeatRuns, issues } = schema;
type Input = { id: string } & OperationInput<Operations["runs.issues"]>["query"];
type RunIssue = { id: string; identifier: string; title: string; status: string };

/** The issues that a run holds or changed, newest first. */
export async function listRunIssues(ctx: Ctx, { id, limit, cursor }: Input): Promise<Page<RunIssue>> {
  const { companyId } = ctx.db;
  const after = readCursor(cursor, [cursorForms.id])?.[0];
  const touched = ctx.db.build
    .select({ one: sql`1` })
    .from(activityLog)
    .where(
      and(
        eq(activityLog.companyId, companyId),
        eq(activityLog.entityType, "issue"),
        eq(activityLog.entityId, sql`${issues.id}::text`),
        eq(activityLog.runId, id),
      ),
    );
  const [runs, rows] = await ctx.db.readAll([
    ctx.db.build
      .select({ id: heartbeatRuns.id })
      .from(heartbeatRuns)
      .where(and(eq(heartbeatRuns.companyId, companyId), eq(heartbeatRuns.id, id))),
    ctx.db.build
      .select({ id: issues.id, identifier: issues.identifier, title: issues.title, status: issues.status })
      .from(issues)
      .where(
        and(
          eq(issues.companyId, companyId),
          or(eq(issues.checkoutRunId, id), exists(touched)),
          after ? lt(issues.id, after) : undefined,
        ),
      )
      .orderBy(desc(issues.id))
      .limit(limit + 1),
  ]);
  if (runs.length === 0) throw new BoardroomError("not_found", "No such run.");
  return pageOf(rows, limit, (last) => [last.id]);
}
