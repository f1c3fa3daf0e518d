import type { WakeListItem } from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { agentIdOf } from "../agents/agent-id-of.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";
import { commentAuthor } from "./caused-by.ts";

const { agents, heartbeatRuns: runs, issues, wakes } = schema;
const parents = alias(runs, "parents");
const parentAgents = alias(agents, "parent_agents");

/** What became of a wake: its run, as far as a list tells. */
const outcome = sql<
  WakeListItem["run"]
>`case when ${runs.id} is not null then jsonb_build_object('status', ${runs.status},
  'waitReason', ${runs.waitReason}, 'availableAt', ${isoText(runs.availableAt)}, 'startedAt', ${isoText(runs.startedAt)},
  'finishedAt', ${isoText(runs.finishedAt)}, 'costCents', ${runs.costCents}) end`;

/** Why an agent woke and why it did not, newest first: each cause with what came of it. */
export async function explainWakes(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"agents.wakes">,
): Promise<Page<WakeListItem>> {
  const { companyId, build } = ctx.db;
  const agentId = agentIdOf(ctx, id);
  const after = readCursor(cursor, [cursorForms.id])?.[0];
  const [known, rows] = await ctx.db.readAll([
    build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, agentId))),
    build
      .select({
        ...getTableColumns(wakes),
        issueIdentifier: issues.identifier,
        issueTitle: issues.title,
        causedBy: sql<
          string | null
        >`coalesce(${commentAuthor(sql`${wakes.companyId}`, sql`${wakes.payload}`)}, ${parentAgents.name})`,
        run: outcome,
      })
      .from(wakes)
      .leftJoin(issues, and(eq(issues.companyId, wakes.companyId), eq(issues.id, wakes.issueId)))
      .leftJoin(runs, and(eq(runs.companyId, wakes.companyId), eq(runs.id, wakes.runId)))
      .leftJoin(parents, and(eq(parents.companyId, wakes.companyId), eq(parents.id, wakes.parentRunId)))
      .leftJoin(parentAgents, and(eq(parentAgents.companyId, parents.companyId), eq(parentAgents.id, parents.agentId)))
      .where(and(eq(wakes.companyId, companyId), eq(wakes.agentId, agentId), after ? lt(wakes.id, after) : undefined))
      // Ids are ordered by time.
      .orderBy(desc(wakes.id))
      .limit(limit + 1),
  ]);
  found(known[0], "agent");
  return pageOf(rows, limit, (last) => [last.id]);
}
