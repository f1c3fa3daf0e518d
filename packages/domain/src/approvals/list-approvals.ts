import type { Approval } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The board's decisions, newest first. */
export async function listApprovals(ctx: Ctx, input: InputOf<"approvals.list">): Promise<Page<Approval>> {
  const { approvals } = schema;
  const query = ctx.db.build
    .select()
    .from(approvals)
    .where(
      and(
        eq(approvals.companyId, ctx.db.companyId),
        input.status ? eq(approvals.status, input.status) : undefined,
        input.type ? eq(approvals.type, input.type) : undefined,
        olderThan(approvals.id, input.cursor),
      ),
    )
    .orderBy(desc(approvals.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}
