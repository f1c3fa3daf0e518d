import { BoardroomError, type OperationInput, type Operations } from "@boardroom/contract";
import { type Row, schema } from "@boardroom/db";
import { and, desc, eq, lt } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

const { agents, wakes } = schema;
type Input = { id: string } & OperationInput<Operations["agents.wakes"]>["query"];

/** Why an agent woke and why it did not, newest first. */
export async function listWakes(ctx: Ctx, { id, limit, cursor }: Input): Promise<Page<Row<typeof wakes>>> {
  const { companyId } = ctx.db;
  const agentId = id === "me" ? ctx.actor.agentId : id;
  if (!agentId) throw new BoardroomError("not_found", "Only an agent is `me`.");
  const after = readCursor(cursor, [cursorForms.id])?.[0];
  const [found, rows] = await ctx.db.readAll([
    ctx.db.build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, agentId))),
    ctx.db.build
      .select()
      .from(wakes)
      .where(and(eq(wakes.companyId, companyId), eq(wakes.agentId, agentId), after ? lt(wakes.id, after) : undefined))
      .orderBy(desc(wakes.id))
      .limit(limit + 1),
  ]);
  if (found.length === 0) throw new BoardroomError("not_found", "No such agent.");
  return pageOf(rows, limit, (last) => [last.id]);
}
