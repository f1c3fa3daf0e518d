import type { Key } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { shownKey } from "./shown-key.ts";

/** An agent's keys, newest first, revoked ones too. */
export async function listAgentKeys(ctx: Ctx, input: InputOf<"agentKeys.list">): Promise<Page<Key>> {
  const { agentKeys: keys, agents } = schema;
  const { build, companyId } = ctx.db;
  const [owner, rows] = await ctx.db.readAll([
    build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, input.id))),
    build
      .select()
      .from(keys)
      .where(and(eq(keys.companyId, companyId), eq(keys.agentId, input.id), olderThan(keys.id, input.cursor)))
      .orderBy(desc(keys.id))
      .limit(input.limit + 1),
  ]);
  found(owner[0], "agent");
  return pageOf(rows.map(shownKey), input.limit, (last) => [last.id]);
}
