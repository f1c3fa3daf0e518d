import type { CostEvent } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { inRange } from "./cost-range.ts";

const { costEvents } = schema;
/** Microseconds since 1970, as exact as the column. */
const occurredMicros = sql<string>`(extract(epoch from ${costEvents.occurredAt}) * 1000000)::bigint`;
const filters = [
  "agentId",
  "issueId",
  "projectId",
  "goalId",
  "heartbeatRunId",
  "billingCode",
  "provider",
  "model",
  "basis",
] as const;
const micros = /^-?[0-9]{1,17}$/;

/** The cost events behind every number, the latest first. */
export async function listCostEvents(ctx: Ctx, input: InputOf<"costs.events">): Promise<Page<CostEvent>> {
  const { limit } = input;
  const [at, id] = readCursor(input.cursor, [micros, cursorForms.id]) ?? [];
  const rows = await ctx.db.read(
    ctx.db.build
      .select({ ...getTableColumns(costEvents), occurredMicros })
      .from(costEvents)
      .where(
        and(
          eq(costEvents.companyId, ctx.db.companyId),
          inRange(costEvents.occurredAt, input),
          ...filters.map((name) => (input[name] === undefined ? undefined : eq(costEvents[name], input[name]))),
          at && id
            ? sql`(${costEvents.occurredAt}, ${costEvents.id}) < (to_timestamp(0) + ${at}::bigint * interval '1 microsecond', ${id}::uuid)`
            : undefined,
        ),
      )
      .orderBy(desc(costEvents.occurredAt), desc(costEvents.id))
      .limit(limit + 1),
  );
  return pageOf(rows, limit, (last) => [last.occurredMicros, last.id]);
}
