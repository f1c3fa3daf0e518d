import { type IssueColumn, issueStatuses } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { issueOrders } from "./issue-orders.ts";
import { issueColumns, matches } from "./list-issues.ts";
import { isUnread } from "./read-state.ts";

const { issues } = schema;
const mostCounted = 1000;

/** The company's issues state by state, with how many there are: one request, and of the same cost however many they are. */
export async function readIssueBoard(ctx: Ctx, input: InputOf<"issues.board">): Promise<IssueColumn[]> {
  const { limit, sort = "newest", ...filters } = input;
  const queries = issueStatuses.map((status) => {
    const where = matches(ctx, { ...filters, status: [status] });
    const count = sql<number>`(select count(*)::int from (select 1 from ${issues} where ${where} limit ${mostCounted}) counted)`;
    return ctx.db.build
      .select({ ...issueColumns, isUnread: isUnread(ctx, "issues"), count })
      .from(issues)
      .where(where)
      .orderBy(...issueOrders[sort].by)
      .limit(limit);
  });
  const columns = await ctx.db.readAll(queries);
  return issueStatuses.flatMap((status, at) => {
    const rows = columns[at] ?? [];
    return rows[0] ? [{ status, count: rows[0].count, issues: rows }] : [];
  });
}
