import type { Goal } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The company's goals, newest first. */
export async function listGoals(ctx: Ctx, input: InputOf<"goals.list">): Promise<Page<Goal>> {
  const { goals } = schema;
  const query = ctx.db.build
    .select()
    .from(goals)
    .where(
      and(
        eq(goals.companyId, ctx.db.companyId),
        input.parentId ? eq(goals.parentId, input.parentId) : undefined,
        input.status ? eq(goals.status, input.status) : undefined,
        olderThan(goals.id, input.cursor),
      ),
    )
    .orderBy(desc(goals.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}
