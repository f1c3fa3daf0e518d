import type { Activity } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

/** What the feed shows of an entry; `cursor` is its position. */
export const activityColumns = {
  ...getTableColumns(schema.activityLog),
  cursor: sql<string>`${schema.activityLog.xid} || '.' || ${schema.activityLog.seq}`,
};

/** One page of the company's log, newest first. */
export async function readActivityPage(
  ctx: Ctx,
  matches: SQL | undefined,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Page<Activity>> {
  const { activityLog: log } = schema;
  const [xid, seq] = readCursor(cursor, [cursorForms.integer, cursorForms.integer]) ?? [];
  const older = xid && seq ? sql`(${log.xid}, ${log.seq}) < (${xid}::bigint, ${seq}::bigint)` : undefined;
  const query = ctx.db.build
    .select(activityColumns)
    .from(log)
    .where(and(eq(log.companyId, ctx.db.companyId), matches, older))
    .orderBy(desc(log.xid), desc(log.seq))
    .limit(limit + 1);
  return pageOf(await ctx.db.read(query), limit, (last) => [last.xid, last.seq]);
}
