import type { WorkProduct } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId, issueWhere } from "../issues/internal.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { creatorName } from "./put-products.ts";

const { issues, workProducts } = schema;

/** What came out of work on an issue, newest first. */
export async function listWorkProducts(
  ctx: Ctx,
  { id: ref, limit, cursor }: InputOf<"workProducts.list">,
): Promise<Page<WorkProduct>> {
  const { build, companyId } = ctx.db;
  const [issue, rows] = await ctx.db.readAll([
    build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    build
      .select({ ...getTableColumns(workProducts), createdByName: creatorName("work_products") })
      .from(workProducts)
      .where(
        and(
          eq(workProducts.companyId, companyId),
          eq(workProducts.issueId, issueId(companyId, ref)),
          olderThan(workProducts.id, cursor),
        ),
      )
      .orderBy(desc(workProducts.id))
      .limit(limit + 1),
  ]);
  found(issue[0], "issue");
  return pageOf(rows, limit, (last) => [last.id]);
}
