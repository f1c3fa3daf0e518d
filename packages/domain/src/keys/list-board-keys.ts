import type { Key } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { PersonCtx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { shownKey } from "./shown-key.ts";

/** A person's board keys, newest first, revoked ones too. */
export async function listBoardKeys(ctx: PersonCtx, input: InputOf<"boardKeys.list">): Promise<Page<Key>> {
  const { boardKeys: keys } = schema;
  const query = ctx.system.build
    .select()
    .from(keys)
    .where(and(eq(keys.userId, ctx.person.userId), olderThan(keys.id, input.cursor)))
    .orderBy(desc(keys.id))
    .limit(input.limit + 1);
  const rows = await ctx.system.read(query);
  return pageOf(rows.map(shownKey), input.limit, (last) => [last.id]);
}
