import type { RunnerCode } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";

/** The codes that were made, newest first; of each all but the code. */
export async function listRunnerCodes(ctx: Ctx, input: InputOf<"runnerCodes.list">): Promise<Page<RunnerCode>> {
  const { runnerCodes } = schema;
  const rows = await ctx.db.read(
    ctx.db.build
      .select()
      .from(runnerCodes)
      .where(and(eq(runnerCodes.companyId, ctx.db.companyId), olderThan(runnerCodes.id, input.cursor)))
      .orderBy(desc(runnerCodes.id))
      .limit(input.limit + 1),
  );
  return pageOf(rows, input.limit, (last) => [last.id]);
}
