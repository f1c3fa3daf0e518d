import type { TreeHold } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId, issueWhere } from "../issues/internal.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

const { issueTreeHolds: holds, issues } = schema;

/** The holds that an issue had, newest first. */
export async function listHolds(
  ctx: Ctx,
  { id: ref, limit, cursor }: InputOf<"treeHolds.list">,
): Promise<Page<TreeHold>> {
  const { build, companyId } = ctx.db;
  const [issue, rows] = await ctx.db.readAll([
    build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    build
      .select()
      .from(holds)
      .where(
        and(eq(holds.companyId, companyId), eq(holds.issueId, issueId(companyId, ref)), olderThan(holds.id, cursor)),
      )
      .orderBy(desc(holds.id))
      .limit(limit + 1),
  ]);
  found(issue[0], "issue");
  return pageOf(rows, limit, (last) => [last.id]);
}
