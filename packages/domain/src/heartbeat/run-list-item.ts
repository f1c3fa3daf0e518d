import { schema, type TenantConnection } from "@boardroom/db";
import { and, desc, eq, getTableColumns, type SQL } from "drizzle-orm";

const { heartbeatRuns, agents, issues } = schema;

/** Runs with the names that a list shows, newest first. */
export function selectRunListItems(db: TenantConnection, where: SQL | undefined, limit: number) {
  return db.build
    .select({
      ...getTableColumns(heartbeatRuns),
      agentName: agents.name,
      issueIdentifier: issues.identifier,
      issueTitle: issues.title,
    })
    .from(heartbeatRuns)
    .innerJoin(agents, and(eq(agents.companyId, heartbeatRuns.companyId), eq(agents.id, heartbeatRuns.agentId)))
    .leftJoin(issues, and(eq(issues.companyId, heartbeatRuns.companyId), eq(issues.id, heartbeatRuns.issueId)))
    .where(and(eq(heartbeatRuns.companyId, db.companyId), where))
    .orderBy(desc(heartbeatRuns.id))
    .limit(limit);
}

export type RunListRow = Awaited<ReturnType<typeof selectRunListItems>>[number];
