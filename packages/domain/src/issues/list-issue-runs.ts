import type { RunListItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, inArray, or, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { selectRunListItems } from "../heartbeat/run-list-item.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { issueId, issueWhere } from "./internal.ts";

const { activityLog, heartbeatRuns, issues } = schema;

/** The runs that were woken for an issue or took it, newest first. */
export async function listIssueRuns(
  ctx: Ctx,
  { id: ref, limit, cursor }: InputOf<"issues.runs">,
): Promise<Page<RunListItem>> {
  const { companyId } = ctx.db;
  const id = issueId(companyId, ref);
  const tookIt = ctx.db.build
    .select({ runId: activityLog.runId })
    .from(activityLog)
    .where(
      and(
        eq(activityLog.companyId, companyId),
        eq(activityLog.entityType, "issue"),
        eq(activityLog.entityId, sql`${id}::text`),
        eq(activityLog.action, "issue.checked_out"),
      ),
    );
  const [ofIssue, rows] = await ctx.db.readAll([
    ctx.db.build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    selectRunListItems(
      ctx.db,
      and(or(eq(heartbeatRuns.issueId, id), inArray(heartbeatRuns.id, tookIt)), olderThan(heartbeatRuns.id, cursor)),
      limit + 1,
    ),
  ]);
  found(ofIssue[0], "issue");
  return pageOf(rows, limit, (last) => [last.id]);
}
