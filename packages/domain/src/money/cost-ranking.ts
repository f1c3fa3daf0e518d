import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { type CostRange, inRange } from "./cost-range.ts";

export interface CostTotals {
  costCents: number;
  inputTokens: number;
  outputTokens: number;
  events: number;
}
type Paging = CostRange & { limit: number; cursor?: string | undefined };

/**
 * Spend grouped by one column of the ledger, highest first.
 * @param column which to group by; costs without one are a group of their own
 * @param shown further columns over the alias `t` with its `key`, joined by `joins`
 */
export async function rankCosts<Shown extends object>(
  ctx: Ctx,
  { limit, cursor, ...range }: Paging,
  column: "agent_id" | "project_id" | "issue_id",
  shown: SQL,
  joins: SQL,
): Promise<Page<Shown & CostTotals>> {
  const [cost, key] = readCursor(cursor, [cursorForms.decimal, cursorForms.id]) ?? [];
  const rest =
    cost && key ? sql`having (sum(e.cost_cents), ${groupKey(column)}) < (${cost}::numeric, ${key}::uuid)` : sql``;
  const rows = await ctx.db.raw<Shown & CostTotals & { rank: [string, string] }>(sql`
    select ${shown}, t.cost_cents::float8 as "costCents", t.input_tokens::float8 as "inputTokens",
      t.output_tokens::float8 as "outputTokens", t.events, jsonb_build_array(t.cost_cents::text, t.group_key) as rank
    from (
      select e.${sql.identifier(column)} as key, ${groupKey(column)} as group_key, sum(e.cost_cents) as cost_cents,
        sum(e.input_tokens) as input_tokens, sum(e.output_tokens) as output_tokens, count(*)::int as events
      from cost_events e
      where e.company_id = ${ctx.db.companyId}::uuid and ${inRange(sql`e.occurred_at`, range)}
      group by 1, 2 ${rest}
      order by 3 desc, 2 desc limit ${limit + 1}::int) t ${joins}
    order by t.cost_cents desc, t.group_key desc`);
  const { items, nextCursor } = pageOf(rows, limit, (last) => last.rank);
  return { items: items.map(({ rank: _, ...item }) => item as Shown & CostTotals), nextCursor };
}

/** Orders groups of equal spend; the group without a key takes part in it. */
const groupKey = (column: string) =>
  sql`coalesce(e.${sql.identifier(column)}, '00000000-0000-0000-0000-000000000000'::uuid)`;
