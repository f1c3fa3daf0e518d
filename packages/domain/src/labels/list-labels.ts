import type { CountedLabel } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The company's labels, newest first, with how many issues carry each. */
export async function listLabels(ctx: Ctx, input: InputOf<"labels.list">): Promise<Page<CountedLabel>> {
  const { labels } = schema;
  const query = ctx.db.build
    .select({ ...getTableColumns(labels), issueCount })
    .from(labels)
    .where(and(eq(labels.companyId, ctx.db.companyId), olderThan(labels.id, input.cursor)))
    .orderBy(desc(labels.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}

const issueCount = sql<number>`(
  select count(*)::int from issue_labels l where l.company_id = "labels"."company_id" and l.label_id = "labels"."id")`.as(
  "issue_count",
);
