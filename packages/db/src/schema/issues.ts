import { type ExecutionWorkspaceSettings, issueStatuses } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { issuePriority, issueStatus } from "./enums.ts";
import { goals, labels, milestones, projects } from "./work.ts";

export const issues = pgTable(
  "issues",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    identifier: text("identifier").notNull(),
    issueNumber: integer("issue_number").notNull(),
    projectId: uuid("project_id"),
    milestoneId: uuid("milestone_id"),
    goalId: uuid("goal_id"),
    parentId: uuid("parent_id"),
    title: text("title").notNull(),
    description: text("description"),
    status: issueStatus("status").notNull().default("todo"),
    priority: issuePriority("priority").notNull().default("medium"),
    assigneeAgentId: uuid("assignee_agent_id"),
    assigneeUserId: text("assignee_user_id"),
    /** The run that took the issue; it holds it only while its lease is valid. */
    checkoutRunId: uuid("checkout_run_id"),
    executionRunId: uuid("execution_run_id"),
    executionLockedAt: instant("execution_locked_at"),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    originKind: text("origin_kind"),
    originId: text("origin_id"),
    originRunId: uuid("origin_run_id"),
    originFingerprint: text("origin_fingerprint"),
    requestDepth: integer("request_depth").notNull().default(0),
    billingCode: text("billing_code"),
    /** Where its runs work, when it shall not be what the project says. */
    executionWorkspaceSettings: jsonb("execution_workspace_settings").$type<ExecutionWorkspaceSettings>(),
    startedAt: instant("started_at"),
    completedAt: instant("completed_at"),
    cancelledAt: instant("cancelled_at"),
    /** Of a blocked issue: who acts, and how. */
    blockedOwnerAgentId: uuid("blocked_owner_agent_id"),
    blockedOwnerUserId: text("blocked_owner_user_id"),
    blockedAction: text("blocked_action"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("issues_number").on(t.companyId, t.issueNumber),
    // One for each state: behind row security a state can't be a condition of a scan (the equality of enums isn't leakproof).
    ...issueStatuses.map((status) =>
      index(`issues_state_${status}`)
        .on(t.companyId, t.id)
        .where(sql.raw(`status = '${status}'`)),
    ),
    index("issues_open")
      .on(t.companyId, t.priority, t.id.desc().nullsFirst())
      .where(sql`status not in ('done', 'cancelled')`),
    // What wakes an agent; a timer asks for it each time.
    index("issues_workable")
      .on(t.companyId, t.assigneeAgentId)
      .where(sql`status in ('todo', 'in_progress', 'in_review')`),
    index("issues_assignee").on(t.companyId, t.assigneeAgentId, t.status),
    index("issues_project").on(t.companyId, t.projectId, t.id),
    index("issues_milestone").on(t.companyId, t.projectId, t.milestoneId).where(sql`milestone_id is not null`),
    index("issues_goal").on(t.companyId, t.goalId),
    index("issues_parent").on(t.companyId, t.parentId),
    index("issues_checkout").on(t.companyId, t.checkoutRunId),
    index("issues_routine").on(t.companyId, t.originId, t.id).where(sql`origin_kind = 'routine'`),
    // Accepted tasks become issues once, whatever comes twice.
    uniqueIndex("issues_of_interaction")
      .on(t.companyId, t.originId, t.originFingerprint)
      .where(sql`origin_kind = 'interaction'`),
    index("issues_blocked_since").on(t.updatedAt).where(sql`status = 'blocked' and blocked_owner_user_id is not null`),
    index("issues_blocked_owner")
      .on(t.companyId, t.blockedOwnerUserId, t.id)
      .where(sql`status = 'blocked' and blocked_owner_user_id is not null`),
    uniqueIndex("issues_plan").on(t.companyId, t.originId, t.originFingerprint).where(sql`origin_kind = 'approval'`),
    index("issues_done").on(t.companyId, t.completedAt).where(sql`status = 'done'`),
    index("issues_updated").on(t.companyId, t.updatedAt),
    index("issues_stranded")
      .on(t.updatedAt)
      .where(sql`status = 'in_progress' and checkout_run_id is null and assignee_agent_id is not null`),
    foreignKey({
      columns: [t.companyId, t.parentId],
      foreignColumns: [t.companyId, t.id],
      name: "issues_parent_issue",
    }),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "issues_in_project",
    }),
    // Of its own project: a milestone without a project would be looked up nowhere.
    foreignKey({
      columns: [t.companyId, t.projectId, t.milestoneId],
      foreignColumns: [milestones.companyId, milestones.projectId, milestones.id],
      name: "issues_in_milestone",
    }),
    check("issues_milestone_has_project", sql`milestone_id is null or project_id is not null`),
    foreignKey({
      columns: [t.companyId, t.goalId],
      foreignColumns: [goals.companyId, goals.id],
      name: "issues_for_goal",
    }),
    foreignKey({
      columns: [t.companyId, t.assigneeAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "issues_assignee_agent",
    }),
    foreignKey({
      columns: [t.companyId, t.blockedOwnerAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "issues_blocked_owner_agent",
    }),
  ],
);

const ofIssue = { foreignColumns: [issues.companyId, issues.id] as [typeof issues.companyId, typeof issues.id] };

export const issueLabels = pgTable(
  "issue_labels",
  { companyId: companyId(), issueId: uuid("issue_id").notNull(), labelId: uuid("label_id").notNull() },
  (t) => [
    primaryKey({ columns: [t.companyId, t.issueId, t.labelId] }),
    index("issue_labels_label").on(t.companyId, t.labelId),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "issue_labels_issue" }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.labelId],
      foreignColumns: [labels.companyId, labels.id],
      name: "issue_labels_label_row",
    }).onDelete("cascade"),
  ],
);

export const comments = pgTable(
  "comments",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    body: text("body").notNull(),
    authorAgentId: uuid("author_agent_id"),
    authorUserId: text("author_user_id"),
    /** As it was when written, so that a comment outlives its author. */
    authorName: text("author_name").notNull(),
    runId: uuid("run_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("comments_issue").on(t.companyId, t.issueId, t.id),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "comments_of_issue" }).onDelete("cascade"),
  ],
);

/** Which issue has to be done before which. */
export const issueBlockers = pgTable(
  "issue_blockers",
  {
    companyId: companyId(),
    issueId: uuid("issue_id").notNull(),
    blockedByIssueId: uuid("blocked_by_issue_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.issueId, t.blockedByIssueId] }),
    index("issue_blockers_blocking").on(t.companyId, t.blockedByIssueId),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "issue_blockers_issue" }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.blockedByIssueId],
      ...ofIssue,
      name: "issue_blockers_blocking_issue",
    }).onDelete("cascade"),
  ],
);
