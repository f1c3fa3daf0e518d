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

export interface Ranking {
  /** What to group by, over the events `e`, each with a name of its own in `t`. Costs without one are a group of their own. */
  by: Record<string, SQL>;
  /** Further columns over the alias `t`, joined by `joins`. */
  shown: SQL;
  joins?: SQL;
  /** Joins of the events that the groups need. */
  sources?: SQL;
}

/** Anything, as long as PostgreSQL made it. */
const text = /^[\s\S]{0,1000}$/;

/** Spend grouped by parts of the ledger, highest first. */
export async function rankCosts<Shown extends object>(
  ctx: Ctx,
  { limit, cursor, ...range }: Paging,
  { by, shown, joins = sql``, sources = sql`` }: Ranking,
): Promise<Page<Shown & CostTotals>> {
  const [cost, key] = readCursor(cursor, [cursorForms.decimal, text]) ?? [];
  const keys = Object.entries(by);
  const names = sql.join(
    keys.map(([name, value]) => sql`${value} as ${sql.identifier(name)}`),
    sql`, `,
  );
  // Orders groups of equal spend; the group without a key takes part in it.
  const groupKey = sql`jsonb_build_array(${sql.join(
    keys.map(([, value]) => value),
    sql`, `,
  )})::text collate "C"`;
  const rest =
    cost !== undefined && key !== undefined
      ? sql`having (sum(e.cost_cents), ${groupKey}) < (${cost}::numeric, ${key}::text collate "C")`
      : sql``;
  const rows = await ctx.db.raw<Shown & CostTotals & { rank: [string, string] }>(sql`
    with t as (
      select ${names}, ${groupKey} as group_key, sum(e.cost_cents) as cost_cents,
        sum(e.input_tokens) as input_tokens, sum(e.output_tokens) as output_tokens, count(*)::int as events
      from cost_events e ${sources}
      where e.company_id = ${ctx.db.companyId}::uuid and ${inRange(sql`e.occurred_at`, range)}
      group by ${sql.raw(keys.map((_, at) => at + 1).join(", "))}, group_key ${rest}
      order by sum(e.cost_cents) desc, group_key desc limit ${limit + 1}::int)
    select ${shown}, t.cost_cents::float8 as "costCents", t.input_tokens::float8 as "inputTokens",
      t.output_tokens::float8 as "outputTokens", t.events, jsonb_build_array(t.cost_cents::text, t.group_key) as rank
    from t ${joins}
    order by t.cost_cents desc, t.group_key desc`);
  const { items, nextCursor } = pageOf(rows, limit, (last) => last.rank);
  return { items: items.map(({ rank: _, ...item }) => item as Shown & CostTotals), nextCursor };
}
