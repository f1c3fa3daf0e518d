import type { Label } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The company's labels, newest first. */
export async function listLabels(ctx: Ctx, input: InputOf<"labels.list">): Promise<Page<Label>> {
  const { labels } = schema;
  const query = ctx.db.build
    .select()
    .from(labels)
    .where(and(eq(labels.companyId, ctx.db.companyId), olderThan(labels.id, input.cursor)))
    .orderBy(desc(labels.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}
