import type { Runner } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { type RunnerExtras, runnerColumns, shownRunners } from "./runner-rows.ts";

/** The company's machines, newest first; revoked ones only when asked for. */
export async function listRunners(ctx: Ctx, { status, cursor, limit }: InputOf<"runners.list">): Promise<Page<Runner>> {
  const rows = await ctx.db.rows<typeof schema.runners, RunnerExtras>(
    schema.runners,
    sql`
      select ${runnerColumns} from runners m
      where m.company_id = ${ctx.db.companyId}::uuid
        and ${status ? sql`m.status = ${status}::runner_status` : sql`m.status <> 'revoked'`}
        and ${olderThan(sql`m.id`, cursor) ?? sql`true`}
      order by m.id desc limit ${limit + 1}`,
  );
  const page = pageOf(rows, limit, (last) => [last.id]);
  return { ...page, items: await shownRunners(ctx, page.items) };
}
