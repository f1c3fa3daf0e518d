import type { ConfigRevision } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** Every change of an agent's configuration, newest first. */
export async function listConfigRevisions(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"agents.configRevisions">,
): Promise<Page<ConfigRevision>> {
  const { agents, agentConfigRevisions: revisions } = schema;
  const { build, companyId } = ctx.db;
  const [[agent], rows] = await ctx.db.readAll([
    build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, id))),
    build
      .select()
      .from(revisions)
      .where(and(eq(revisions.companyId, companyId), eq(revisions.agentId, id), olderThan(revisions.id, cursor)))
      .orderBy(desc(revisions.id))
      .limit(limit + 1),
  ]);
  found(agent, "agent");
  return pageOf(rows, limit, (last) => [last.id]);
}
