import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import {
  executionWorkspaceStatus,
  interactionKind,
  interactionStatus,
  projectWorkspaceKind,
  workProductKind,
  workspaceCleanupPolicy,
  workspaceMode,
  workspaceOperationKind,
  workspaceOperationStatus,
} from "./enums.ts";
import { issues } from "./issues.ts";
import { runners } from "./runners.ts";
import { heartbeatRuns } from "./runs.ts";
import { projects } from "./work.ts";

/** Where the work of a project lies. */
export const projectWorkspaces = pgTable(
  "project_workspaces",
  {
    companyId: companyId(),
    id: newId(),
    projectId: uuid("project_id").notNull(),
    name: text("name").notNull(),
    kind: projectWorkspaceKind("kind").notNull(),
    path: text("path"),
    repoUrl: text("repo_url"),
    defaultBranch: text("default_branch"),
    mode: workspaceMode("mode").notNull().default("worktree"),
    cleanupPolicy: workspaceCleanupPolicy("cleanup_policy").notNull().default("on_issue_closed"),
    runnerId: uuid("runner_id"),
    isPrimary: boolean("is_primary").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("project_workspaces_project").on(t.companyId, t.projectId, t.id),
    uniqueIndex("project_workspaces_primary").on(t.companyId, t.projectId).where(sql`is_primary`),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "project_workspaces_of_project",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.runnerId],
      foreignColumns: [runners.companyId, runners.id],
      name: "project_workspaces_on_runner",
    }),
  ],
);

/** The place of one issue's runs on one machine, for one assignee. */
export const executionWorkspaces = pgTable(
  "execution_workspaces",
  {
    companyId: companyId(),
    id: newId(),
    projectId: uuid("project_id"),
    projectWorkspaceId: uuid("project_workspace_id"),
    issueId: uuid("issue_id").notNull(),
    agentId: uuid("agent_id").notNull(),
    runnerId: uuid("runner_id"),
    mode: workspaceMode("mode").notNull(),
    status: executionWorkspaceStatus("status").notNull().default("preparing"),
    cwd: text("cwd"),
    branch: text("branch"),
    baseRef: text("base_ref"),
    repoUrl: text("repo_url"),
    error: text("error"),
    finalizedAt: instant("finalized_at"),
    removedAt: instant("removed_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("execution_workspaces_issue").on(t.companyId, t.issueId, t.id),
    index("execution_workspaces_runner").on(t.companyId, t.runnerId, t.status),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "execution_workspaces_of_issue",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "execution_workspaces_for_agent",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.projectWorkspaceId],
      foreignColumns: [projectWorkspaces.companyId, projectWorkspaces.id],
      name: "execution_workspaces_of_project",
    }),
    foreignKey({
      columns: [t.companyId, t.runnerId],
      foreignColumns: [runners.companyId, runners.id],
      name: "execution_workspaces_on_runner",
    }),
  ],
);

/** Prepare, execute, finalize, clean up: each step with how it went. */
export const workspaceOperations = pgTable(
  "workspace_operations",
  {
    companyId: companyId(),
    id: newId(),
    executionWorkspaceId: uuid("execution_workspace_id").notNull(),
    runId: uuid("run_id"),
    kind: workspaceOperationKind("kind").notNull(),
    status: workspaceOperationStatus("status").notNull().default("running"),
    message: text("message"),
    details: jsonb("details").$type<Record<string, unknown>>(),
    startedAt: instant("started_at").notNull().default(sql`now()`),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("workspace_operations_workspace").on(t.companyId, t.executionWorkspaceId, t.id),
    uniqueIndex("workspace_operations_step").on(t.companyId, t.runId, t.kind).where(sql`run_id is not null`),
    foreignKey({
      columns: [t.companyId, t.executionWorkspaceId],
      foreignColumns: [executionWorkspaces.companyId, executionWorkspaces.id],
      name: "workspace_operations_of_workspace",
    }).onDelete("cascade"),
  ],
);

/** What came out of work on an issue: branches, commits, diffs, links. */
export const workProducts = pgTable(
  "work_products",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    runId: uuid("run_id"),
    executionWorkspaceId: uuid("execution_workspace_id"),
    kind: workProductKind("kind").notNull(),
    title: text("title").notNull(),
    url: text("url"),
    ref: text("ref"),
    data: jsonb("data").$type<Record<string, unknown>>(),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("work_products_issue").on(t.companyId, t.issueId, t.id),
    uniqueIndex("work_products_ref").on(t.companyId, t.issueId, t.kind, t.ref).where(sql`ref is not null`),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "work_products_of_issue",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.runId],
      foreignColumns: [heartbeatRuns.companyId, heartbeatRuns.id],
      name: "work_products_of_run",
    }),
  ],
);

/** What an agent asks of the board on an issue. */
export const issueInteractions = pgTable(
  "issue_interactions",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    kind: interactionKind("kind").notNull(),
    status: interactionStatus("status").notNull().default("pending"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    result: jsonb("result").$type<Record<string, unknown>>(),
    idempotencyKey: text("idempotency_key"),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    resolvedByUserId: text("resolved_by_user_id"),
    resolvedAt: instant("resolved_at"),
    expiresAt: instant("expires_at").notNull().default(sql`now() + interval '7 days'`),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("issue_interactions_expiring").on(t.expiresAt).where(sql`status = 'pending'`),
    index("issue_interactions_issue").on(t.companyId, t.issueId, t.id),
    index("issue_interactions_pending").on(t.companyId, t.id).where(sql`status = 'pending'`),
    index("issue_interactions_since").on(t.createdAt).where(sql`status = 'pending'`),
    uniqueIndex("issue_interactions_once")
      .on(t.companyId, t.issueId, t.idempotencyKey)
      .where(sql`idempotency_key is not null`),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_interactions_of_issue",
    }).onDelete("cascade"),
  ],
);
