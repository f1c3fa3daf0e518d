import type { ToolRule } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, asc, eq, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

/** A company's rules in the order in which they are tried. */
export async function listToolRules(ctx: Ctx, { limit, cursor }: InputOf<"toolRules.list">): Promise<Page<ToolRule>> {
  const { toolRules } = schema;
  const after = readCursor(cursor, [cursorForms.integer, cursorForms.id]);
  const query = ctx.db.build
    .select()
    .from(toolRules)
    .where(
      and(
        eq(toolRules.companyId, ctx.db.companyId),
        after ? sql`(${toolRules.position}, ${toolRules.id}) > (${after[0]}::bigint, ${after[1]}::uuid)` : undefined,
      ),
    )
    .orderBy(asc(toolRules.position), asc(toolRules.id))
    .limit(limit + 1);
  return pageOf(await ctx.db.read(query), limit, (last) => [last.position, last.id]);
}
