import type { AgentDraft, RuntimeConfig } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import {
  boolean,
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
import { companyId, createdAt, instant, money, newId, updatedAt } from "../columns.ts";
import { companies } from "./companies.ts";
import { agentStatus, contextMode } from "./enums.ts";

export const agents = pgTable(
  "agents",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    name: text("name").notNull(),
    urlKey: text("url_key").notNull(),
    role: text("role").notNull(),
    title: text("title"),
    icon: text("icon"),
    status: agentStatus("status").notNull().default("idle"),
    reportsTo: uuid("reports_to"),
    capabilities: text("capabilities"),
    adapterType: text("adapter_type").$type<AgentDraft["adapterType"]>().notNull(),
    adapterConfig: jsonb("adapter_config").$type<Record<string, unknown>>().notNull(),
    runtimeConfig: jsonb("runtime_config").$type<RuntimeConfig>().notNull(),
    contextMode: contextMode("context_mode").notNull().default("thin"),
    budgetMonthlyCents: money("budget_monthly_cents"),
    pauseReason: text("pause_reason"),
    pausedAt: instant("paused_at"),
    permissions: jsonb("permissions").$type<{ canCreateAgents: boolean }>().notNull(),
    lastHeartbeatAt: instant("last_heartbeat_at"),
    metadata: jsonb("metadata").$type<Record<string, unknown>>(),
    /** Which version of its instructions is in force; null while there are none. */
    instructionsVersion: integer("instructions_version"),
    /** The approved plan that it comes from, and what it is called in it. */
    originApprovalId: uuid("origin_approval_id"),
    originKey: text("origin_key"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("agents_url_key").on(t.companyId, t.urlKey),
    uniqueIndex("agents_origin")
      .on(t.companyId, t.originApprovalId, t.originKey)
      .where(sql`origin_approval_id is not null`),
    index("agents_status").on(t.companyId, t.status),
    index("agents_reports_to").on(t.companyId, t.reportsTo),
    foreignKey({ columns: [t.companyId, t.reportsTo], foreignColumns: [t.companyId, t.id], name: "agents_manager" }),
  ],
);

/** Long-lived keys of agents; SHA-256 at rest. */
export const agentKeys = pgTable(
  "agent_keys",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    name: text("name").notNull(),
    prefix: text("prefix").notNull(),
    keyHash: text("key_hash").notNull(),
    scopes: text("scopes").array().notNull().default(sql`'{}'::text[]`),
    expiresAt: instant("expires_at"),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("agent_keys_hash").on(t.keyHash),
    index("agent_keys_agent").on(t.companyId, t.agentId, t.id),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "agent_keys_of_agent",
    }).onDelete("cascade"),
  ],
);

/** Webhook signing secrets, sealed with the master key; during a rotation two are valid. */
export const agentWebhookSecrets = pgTable(
  "agent_webhook_secrets",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    sealed: text("sealed").notNull(),
    validUntil: instant("valid_until"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("agent_webhook_secrets_agent").on(t.companyId, t.agentId),
    index("agent_webhook_secrets_master").on(sql`split_part(sealed, '.', 2)`),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "agent_webhook_secrets_of_agent",
    }).onDelete("cascade"),
  ],
);

/** When timer heartbeats are due. Narrow on purpose: the tick reads nothing else to find work. */
export const agentSchedules = pgTable(
  "agent_schedules",
  {
    companyId: companyId(),
    agentId: uuid("agent_id").notNull(),
    intervalSec: integer("interval_sec").notNull(),
    nextWakeAt: instant("next_wake_at").notNull(),
    enabled: boolean("enabled").notNull(),
    /** Heartbeats that found no work and so woke nobody: what the preflight saved. */
    emptySkips: integer("empty_skips").notNull().default(0),
    lastEmptyAt: instant("last_empty_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.agentId] }),
    index("agent_schedules_due").on(t.companyId, t.nextWakeAt).where(sql`enabled`),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "agent_schedules_of_agent",
    }).onDelete("cascade"),
  ],
);

/**
 * When a company's next timer is due, or when it was last served while more was due: the tick takes companies in turns by it.
 * A trigger of `agent_schedules` keeps it no later than its agents'.
 */
export const companySchedules = pgTable(
  "company_schedules",
  {
    companyId: companyId()
      .primaryKey()
      .references(() => companies.id, { onDelete: "cascade" }),
    nextDueAt: instant("next_due_at").notNull(),
  },
  (t) => [index("company_schedules_due").on(t.nextDueAt)],
);

/** What an agent carries from run to run of one task, and how its runs of that task went. */
export const agentTaskSessions = pgTable(
  "agent_task_sessions",
  {
    companyId: companyId(),
    agentId: uuid("agent_id").notNull(),
    /** An issue's id, or `agent` for what concerns no issue. */
    taskKey: text("task_key").notNull(),
    issueId: uuid("issue_id"),
    sessionId: text("session_id"),
    sessionParams: jsonb("session_params").$type<Record<string, unknown>>(),
    /** Of the adapter's configuration: a session made under another one can't be resumed. */
    configFingerprint: text("config_fingerprint"),
    /** The folder the session belongs to, where the adapter has one. */
    cwd: text("cwd"),
    /** The machine it lies on: another one can't go on from it. */
    runnerId: uuid("runner_id"),
    lastRunId: uuid("last_run_id").notNull(),
    lastRunStatus: text("last_run_status"),
    lastError: text("last_error"),
    runCount: integer("run_count").notNull().default(0),
    /** Runs in a row that changed nothing anybody can see. */
    fruitlessRuns: integer("fruitless_runs").notNull().default(0),
    /** Until then only the board and timers wake the agent for this task. */
    quietUntil: instant("quiet_until"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.agentId, t.taskKey] }),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "agent_task_sessions_of_agent",
    }).onDelete("cascade"),
  ],
);

/** What an agent carries from run to run. */
export const agentRuntimeState = pgTable(
  "agent_runtime_state",
  {
    companyId: companyId(),
    agentId: uuid("agent_id").notNull(),
    sessionId: text("session_id"),
    sessionParams: jsonb("session_params").$type<Record<string, unknown>>(),
    lastRunId: uuid("last_run_id"),
    lastRunStatus: text("last_run_status"),
    lastError: text("last_error"),
    totalRuns: integer("total_runs").notNull().default(0),
    totalCostCents: money("total_cost_cents").notNull().default(0),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.agentId] }),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "agent_runtime_state_of_agent",
    }).onDelete("cascade"),
  ],
);
