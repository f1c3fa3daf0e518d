import type { RunLiveness } from "@boardroom/contract";
import { schema, type TenantConnection } from "@boardroom/db";
import { and, desc, eq, getTableColumns, type SQL, sql } from "drizzle-orm";

import { silentAfterSeconds } from "./limits.ts";

const { heartbeatRuns, agents, issues, runners } = schema;

/** How a running run does. The agent's own renewals keep its lease, but only what it does shows that it advances. */
const liveness = sql<RunLiveness | null>`case
  when ${heartbeatRuns.status} <> 'running' then null
  when least(${heartbeatRuns.leaseExpiresAt}, ${heartbeatRuns.deadlineAt}) < now() then 'overdue'
  when coalesce(${heartbeatRuns.lastProgressAt}, ${heartbeatRuns.startedAt}) < now() - make_interval(secs => ${silentAfterSeconds}) then 'silent'
  else 'advancing' end`.as("liveness");

/** Runs with the names that a list shows, newest first. */
export function selectRunListItems(db: TenantConnection, where: SQL | undefined, limit: number) {
  return db.build
    .select({
      ...getTableColumns(heartbeatRuns),
      agentName: agents.name,
      issueIdentifier: issues.identifier,
      issueTitle: issues.title,
      runnerName: runners.name,
      liveness,
    })
    .from(heartbeatRuns)
    .innerJoin(agents, and(eq(agents.companyId, heartbeatRuns.companyId), eq(agents.id, heartbeatRuns.agentId)))
    .leftJoin(issues, and(eq(issues.companyId, heartbeatRuns.companyId), eq(issues.id, heartbeatRuns.issueId)))
    .leftJoin(runners, and(eq(runners.companyId, heartbeatRuns.companyId), eq(runners.id, heartbeatRuns.runnerId)))
    .where(and(eq(heartbeatRuns.companyId, db.companyId), where))
    .orderBy(desc(heartbeatRuns.id))
    .limit(limit);
}

export type RunListRow = Awaited<ReturnType<typeof selectRunListItems>>[number];
