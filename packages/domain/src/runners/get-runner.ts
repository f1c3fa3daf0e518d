import type { Runner } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type RunnerExtras, runnerColumns, shownRunner } from "./runner-rows.ts";

/** One machine of the company. */
export async function getRunner(ctx: Ctx, { id }: InputOf<"runners.get">): Promise<Runner> {
  const [row] = await ctx.db.rows<typeof schema.runners, RunnerExtras>(
    schema.runners,
    sql`select ${runnerColumns} from runners m where m.company_id = ${ctx.db.companyId}::uuid and m.id = ${id}::uuid`,
  );
  return shownRunner(ctx, found(row, "runner"));
}
