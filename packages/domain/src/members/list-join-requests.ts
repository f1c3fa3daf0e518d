import type { JoinRequest } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** People who asked to join, newest first. */
export async function listJoinRequests(
  ctx: Ctx,
  { status, cursor, limit }: InputOf<"joinRequests.list">,
): Promise<Page<JoinRequest>> {
  const { joinRequests: asked } = schema;
  const rows = await ctx.db.read(
    ctx.db.build
      .select()
      .from(asked)
      .where(
        and(
          eq(asked.companyId, ctx.db.companyId),
          status ? eq(asked.status, status) : undefined,
          olderThan(asked.id, cursor),
        ),
      )
      .orderBy(desc(asked.id))
      .limit(limit + 1),
  );
  return pageOf(rows, limit, (last) => [last.id]);
}
