import { schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "./internal.ts";

/** Notes that the caller has read an issue up to now. It concerns nobody else: neither the log nor the live board tells of it. */
export const markIssueRead = (ctx: Ctx, { id }: InputOf<"issues.markRead">) => note(ctx, id, sql`now()`);

/** Lets an issue count as unread for the caller. */
export async function markIssueUnread(ctx: Ctx, { id }: InputOf<"issues.markUnread">): Promise<void> {
  await note(ctx, id, sql`null::timestamptz`);
}

async function note(ctx: Ctx, ref: string, readAt: SQL): Promise<{ issueId: string; readAt: string | null }> {
  const [read] = await ctx.db.rows(
    schema.issueReads,
    sql`insert into issue_reads as r (company_id, user_id, issue_id, read_at)
      select company_id, ${ctx.actor.id}::text, id, ${readAt} from issues where ${issueWhere(ctx.db.companyId, ref)}
      on conflict (company_id, user_id, issue_id) do update set read_at = excluded.read_at returning *`,
  );
  return found(read, "issue");
}
