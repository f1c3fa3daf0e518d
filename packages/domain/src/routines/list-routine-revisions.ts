import type { RoutineRevision } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The versions that were replaced, newest first. */
export async function listRoutineRevisions(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"routines.revisions">,
): Promise<Page<RoutineRevision>> {
  const { routines, routineRevisions: revisions } = schema;
  const { companyId } = ctx.db;
  const [routine, rows] = await ctx.db.readAll([
    ctx.db.build
      .select({ id: routines.id })
      .from(routines)
      .where(and(eq(routines.companyId, companyId), eq(routines.id, id))),
    ctx.db.build
      .select()
      .from(revisions)
      .where(and(eq(revisions.companyId, companyId), eq(revisions.routineId, id), olderThan(revisions.id, cursor)))
      .orderBy(desc(revisions.id))
      .limit(limit + 1),
  ]);
  if (routine.length === 0) throw notFound("routine");
  return pageOf(rows, limit, (last) => [last.id]);
}
