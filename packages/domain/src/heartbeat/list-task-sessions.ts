import type { TaskSession } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, desc, eq, getTableColumns, lt } from "drizzle-orm";
import { agentIdOf } from "../agents/agent-id-of.ts";
import { shownSession } from "../agents/own-session.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { cursorForms, type Page, pageOf, readCursor } from "../paging.ts";

const { agents, agentTaskSessions: sessions, issues } = schema;

/** The sessions of an agent, one a task, the latest first; other agents don't see what they hold. */
export async function listTaskSessions(
  ctx: Ctx,
  { id, limit, cursor }: InputOf<"agents.taskSessions">,
): Promise<Page<TaskSession>> {
  const { companyId, build } = ctx.db;
  const agentId = agentIdOf(ctx, id);
  const after = readCursor(cursor, [cursorForms.id])?.[0];
  const [known, rows] = await ctx.db.readAll([
    build
      .select({ id: agents.id })
      .from(agents)
      .where(and(eq(agents.companyId, companyId), eq(agents.id, agentId))),
    build
      .select({ ...getTableColumns(sessions), issueIdentifier: issues.identifier, issueTitle: issues.title })
      .from(sessions)
      .leftJoin(issues, and(eq(issues.companyId, sessions.companyId), eq(issues.id, sessions.issueId)))
      .where(
        and(
          eq(sessions.companyId, companyId),
          eq(sessions.agentId, agentId),
          after ? lt(sessions.lastRunId, after) : undefined,
        ),
      )
      // Ids of runs are ordered by time.
      .orderBy(desc(sessions.lastRunId))
      .limit(limit + 1),
  ]);
  found(known[0], "agent");
  const shown = rows.map((row) => shownSession(ctx, row));
  return pageOf(shown, limit, (last) => [last.lastRunId]);
}
