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
  paging: ActivityPaging,
): Promise<Page<Activity>> {
  return toActivityPage(await ctx.db.read(activityQuery(ctx, matches, paging)), paging);
}

export interface ActivityPaging {
  limit: number;
  cursor?: string | undefined;
}

/** The query of a page, for those that read something else along with it. */
export function activityQuery(ctx: Ctx, matches: SQL | undefined, { limit, cursor }: ActivityPaging) {
  const { activityLog: log } = schema;
  const [xid, seq] = readCursor(cursor, [cursorForms.integer, cursorForms.integer]) ?? [];
  const older = xid && seq ? sql`(${log.xid}, ${log.seq}) < (${xid}::bigint, ${seq}::bigint)` : undefined;
  return ctx.db.build
    .select(activityColumns)
    .from(log)
    .where(and(eq(log.companyId, ctx.db.companyId), matches, older))
    .orderBy(desc(log.xid), desc(log.seq))
    .limit(limit + 1);
}

type ActivityRow = Awaited<ReturnType<typeof activityQuery>>[number];

export const toActivityPage = (rows: ActivityRow[], { limit }: ActivityPaging): Page<Activity> =>
  pageOf(rows, limit, (last) => [last.xid, last.seq]);
