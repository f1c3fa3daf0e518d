import type { Goal } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

export async function getGoal(ctx: Ctx, { id }: InputOf<"goals.get">): Promise<Goal> {
  const { goals } = schema;
  const query = ctx.db.build
    .select()
    .from(goals)
    .where(and(eq(goals.companyId, ctx.db.companyId), eq(goals.id, id)));
  const [goal] = await ctx.db.read(query);
  return found(goal, "goal");
}
