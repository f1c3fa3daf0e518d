import type { Interaction } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId, issueWhere } from "../issues/internal.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

const { issueInteractions: interactions, issues } = schema;

/** What was asked of the board on an issue, newest first. */
export async function listInteractions(
  ctx: Ctx,
  { id: ref, limit, cursor, status }: InputOf<"interactions.list">,
): Promise<Page<Interaction>> {
  const { build, companyId } = ctx.db;
  const [issue, rows] = await ctx.db.readAll([
    build.select({ id: issues.id }).from(issues).where(issueWhere(companyId, ref)),
    build
      .select()
      .from(interactions)
      .where(
        and(
          eq(interactions.companyId, companyId),
          eq(interactions.issueId, issueId(companyId, ref)),
          status ? eq(interactions.status, status) : undefined,
          olderThan(interactions.id, cursor),
        ),
      )
      .orderBy(desc(interactions.id))
      .limit(limit + 1),
  ]);
  found(issue[0], "issue");
  return pageOf(rows, limit, (last) => [last.id]);
}
