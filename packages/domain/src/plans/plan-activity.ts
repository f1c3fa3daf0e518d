import type { ActivityEntry } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** The audit rows of what comes of a plan. */
export const planActivity: readonly [ActivityEntry, ...ActivityEntry[]] = [
  {
    from: "plan_hired",
    action: "agent.hired",
    entityType: "agent",
    entityId: sql`id`,
    agentId: sql`id`,
    details: sql`jsonb_build_object('name', name, 'role', role, 'reportsTo', reports_to, 'approvalId', origin_approval_id)`,
  },
  {
    from: "plan_projects",
    action: "project.created",
    entityType: "project",
    entityId: sql`id`,
    details: sql`jsonb_build_object('name', name)`,
  },
  {
    from: "plan_issues",
    action: "issue.created",
    entityType: "issue",
    entityId: sql`id`,
    details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'status', status, 'priority', priority,
      'assigneeAgentId', assignee_agent_id, 'projectId', project_id, 'parentId', parent_id, 'approvalId', origin_id)`,
  },
];
