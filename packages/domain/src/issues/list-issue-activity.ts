import type { Activity } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, sql } from "drizzle-orm";
import { activityQuery, toActivityPage } from "../activity/read-activity-page.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { issueId, issueWhere } from "./internal.ts";

const { activityLog, issues } = schema;

/** What happened to an issue, newest first. */
export async function listIssueActivity(
  ctx: Ctx,
  { id: ref, ...paging }: InputOf<"issues.activity">,
): Promise<Page<Activity>> {
  const { companyId } = ctx.db;
  const ofIssue = and(
    eq(activityLog.entityType, "issue"),
    eq(activityLog.entityId, sql`${issueId(companyId, ref)}::text`),
  );
  const [rows, [issue]] = await ctx.db.readAll([
    activityQuery(ctx, ofIssue, paging),
    ctx.db.build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
  ]);
  found(issue, "issue");
  return toActivityPage(rows, paging);
}
