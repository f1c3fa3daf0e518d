import type { ShownApproval } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueId } from "../issues/internal.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { approvalsQuery, type ShownExtras } from "./shown-approval.ts";

/** The decisions that an issue is about or waits for, newest first. */
export async function listIssueApprovals(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"issueApprovals.list">,
): Promise<Page<ShownApproval>> {
  const { companyId } = ctx.db;
  const linked = sql`exists (
    select 1 from issue_approvals l where l.company_id = a.company_id and l.approval_id = a.id and l.issue_id = root.issue_id)`;
  const where = [linked, olderThan(sql`a.id`, cursor)].filter((each): each is SQL => each !== undefined);
  const all = await ctx.db.rows<typeof schema.approvals, ShownExtras & { issueId: string | null }>(
    schema.approvals,
    sql`select shown.*, root.issue_id from (select ${issueId(companyId, id)} as issue_id) root
      left join lateral (${approvalsQuery(ctx, sql.join(where, sql` and `), limit + 1)}) shown on true`,
  );
  if (!all[0]?.issueId) throw notFound("issue");
  const rows = all.filter((row) => row.id !== null);
  return pageOf(rows, limit, (last) => [last.id]);
}
