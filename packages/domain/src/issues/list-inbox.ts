import type { Issue } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { type Page, pageOf } from "../paging.ts";
import { inboxQuery } from "./inbox-query.ts";
import { issueColumns } from "./list-issues.ts";

/** The calling agent's open issues in full, most urgent first. */
export async function listInbox(ctx: Ctx, { limit, cursor }: InputOf<"agents.inboxMine">): Promise<Page<Issue>> {
  const { keys, where, order } = inboxQuery(ctx, cursor);
  const rows = await ctx.db.read(
    ctx.db.build
      .select({ ...issueColumns, ...keys })
      .from(schema.issues)
      .where(where)
      .orderBy(...order)
      .limit(limit + 1),
  );
  return pageOf(rows, limit, (last) => [last.statusRank, last.priorityRank, last.id]);
}
