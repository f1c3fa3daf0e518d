import type { Invite } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The invites of the company, newest first; of each all but its link. */
export async function listInvites(ctx: Ctx, input: InputOf<"invites.list">): Promise<Page<Invite>> {
  const { invites } = schema;
  const rows = await ctx.db.read(
    ctx.db.build
      .select()
      .from(invites)
      .where(and(eq(invites.companyId, ctx.db.companyId), olderThan(invites.id, input.cursor)))
      .orderBy(desc(invites.id))
      .limit(input.limit + 1),
  );
  return pageOf(rows, input.limit, (last) => [last.id]);
}
