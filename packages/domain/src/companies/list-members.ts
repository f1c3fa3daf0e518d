import type { Member } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The people of the company, newest first. */
export async function listMembers(ctx: Ctx, input: InputOf<"companies.members">): Promise<Page<Member>> {
  const { memberships } = schema;
  const query = ctx.db.build
    .select()
    .from(memberships)
    .where(and(eq(memberships.companyId, ctx.db.companyId), olderThan(memberships.id, input.cursor)))
    .orderBy(desc(memberships.id))
    .limit(input.limit + 1);
  return pageOf(await ctx.db.read(query), input.limit, (last) => [last.id]);
}
