import type { ErrorFamily } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgSequence,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, money, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { costBasis, invocationSource, runStatus, wakeStatus } from "./enums.ts";
import { issues } from "./issues.ts";

/** Fences only grow, over all companies: a later claim always outranks an earlier one. */
export const fenceSequence = pgSequence("run_fence");

/** Why an agent was woken, or why not. */
export const wakes = pgTable(
  "wakes",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    source: invocationSource("source").notNull(),
    reason: text("reason").notNull(),
    triggerDetail: text("trigger_detail"),
    /** What it is about: an issue's id, or `agent` for the agent as a whole. One open wake per agent and task key. */
    taskKey: text("task_key").notNull(),
    issueId: uuid("issue_id"),
    payload: jsonb("payload").$type<Record<string, unknown>>(),
    idempotencyKey: text("idempotency_key"),
    status: wakeStatus("status").notNull().default("open"),
    skipReason: text("skip_reason"),
    coalescedCount: integer("coalesced_count").notNull().default(0),
    runId: uuid("run_id"),
    parentRunId: uuid("parent_run_id"),
    hop: integer("hop").notNull().default(0),
    createdAt: createdAt(),
    resolvedAt: instant("resolved_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("wakes_open").on(t.companyId, t.agentId, t.taskKey).where(sql`status = 'open'`),
    uniqueIndex("wakes_idempotency").on(t.companyId, t.idempotencyKey).where(sql`idempotency_key is not null`),
    // What a run refers to: so its agent is its wake's, and one look finds both.
    unique("wakes_agent").on(t.companyId, t.agentId, t.id),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "wakes_of_agent",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "wakes_of_issue",
    }),
  ],
);

export const heartbeatRuns = pgTable(
  "heartbeat_runs",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    wakeId: uuid("wake_id").notNull(),
    issueId: uuid("issue_id"),
    invocationSource: invocationSource("invocation_source").notNull(),
    triggerDetail: text("trigger_detail"),
    status: runStatus("status").notNull().default("queued"),
    attempt: integer("attempt").notNull().default(0),
    availableAt: instant("available_at").notNull().default(sql`now()`),
    /** The timer slot that caused it: the same slot never runs twice. */
    slot: instant("slot"),
    startedAt: instant("started_at"),
    acknowledgedAt: instant("acknowledged_at"),
    finishedAt: instant("finished_at"),
    cancelRequestedAt: instant("cancel_requested_at"),
    cancelReason: text("cancel_reason"),
    error: text("error"),
    errorCode: text("error_code"),
    exitCode: integer("exit_code"),
    externalRunId: text("external_run_id"),
    sessionIdBefore: text("session_id_before"),
    sessionIdAfter: text("session_id_after"),
    usageJson: jsonb("usage_json").$type<Record<string, unknown>>(),
    resultJson: jsonb("result_json").$type<Record<string, unknown>>(),
    contextSnapshot: jsonb("context_snapshot").$type<Record<string, unknown>>(),
    logBytes: bigint("log_bytes", { mode: "number" }).notNull().default(0),
    /** From here to its end the log may hold the beginning of a secret; nobody sees it before the next chunk or the end. */
    logOpenFrom: bigint("log_open_from", { mode: "number" }),
    /** What was written there, sealed: the next chunk is redacted together with it. */
    logOpenSealed: text("log_open_sealed"),
    /** Of its own, so that the index below doesn't hold the length: an append then changes no index. */
    hasLog: boolean("has_log").notNull().generatedAlwaysAs(sql`log_bytes > 0`),
    retryOfRunId: uuid("retry_of_run_id"),
    /** How often the task was tried before, along `retryOfRunId`. */
    retryNumber: integer("retry_number").notNull().default(0),
    /** Why a queued run waits, though it was tried: the run of its agent or task that goes first, a cap, the storm breaker. */
    waitReason: text("wait_reason"),
    errorFamily: text("error_family").$type<ErrorFamily>(),
    /** The run is told to stop then. */
    deadlineAt: instant("deadline_at"),
    /** When it last showed that it advances: an event, a log chunk, progress. A bare renewal is none. */
    lastProgressAt: instant("last_progress_at"),
    logArchivedAt: instant("log_archived_at"),
    /** Whose machine it runs on, and where there. */
    runnerId: uuid("runner_id"),
    executionWorkspaceId: uuid("execution_workspace_id"),
    leaseExpiresAt: instant("lease_expires_at"),
    fence: bigint("fence", { mode: "number" }),
    costCents: money("cost_cents").notNull().default(0),
    /** How its cost is known; null while nothing was said of it. */
    costBasis: costBasis("cost_basis"),
    /** Set aside of every budget that applies when it was claimed. */
    reservedCents: money("reserved_cents").notNull().default(0),
    /** What the tokens that it reported so far cost. */
    meteredCents: money("metered_cents").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("heartbeat_runs_slot").on(t.companyId, t.agentId, t.slot).where(sql`slot is not null`),
    index("heartbeat_runs_agent").on(t.companyId, t.agentId, t.id),
    index("heartbeat_runs_started").on(t.companyId, t.agentId, t.startedAt).where(sql`started_at is not null`),
    index("heartbeat_runs_active").on(t.companyId, t.agentId, t.status).where(sql`status in ('queued','running')`),
    index("heartbeat_runs_runner").on(t.companyId, t.runnerId).where(sql`status = 'running' and runner_id is not null`),
    index("heartbeat_runs_waiting_runner")
      .on(t.companyId, t.id)
      .where(sql`status = 'queued' and wait_reason = 'runner'`),
    index("heartbeat_runs_running").on(t.companyId).where(sql`status = 'running'`),
    index("heartbeat_runs_issue").on(t.companyId, t.issueId, t.id).where(sql`issue_id is not null`),
    index("heartbeat_runs_retry").on(t.companyId, t.retryOfRunId).where(sql`retry_of_run_id is not null`),
    index("heartbeat_runs_queued").on(t.availableAt).where(sql`status = 'queued'`),
    index("heartbeat_runs_lease").on(t.leaseExpiresAt).where(sql`status = 'running'`),
    index("heartbeat_runs_unaccounted")
      .on(t.finishedAt)
      .where(sql`status in ('lost', 'timed_out') and cost_basis is null`),
    index("heartbeat_runs_log").on(t.finishedAt).where(sql`has_log and log_archived_at is null`),
    foreignKey({
      columns: [t.companyId, t.agentId, t.wakeId],
      foreignColumns: [wakes.companyId, wakes.agentId, wakes.id],
      name: "heartbeat_runs_of_wake",
    }).onDelete("cascade"),
  ],
);

/** What happened in a run. Events that the agent reports carry its own sequence, so that a repeated report counts once. */
export const runEvents = pgTable(
  "run_events",
  {
    companyId: companyId(),
    runId: uuid("run_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    agentSeq: integer("agent_seq"),
    kind: text("kind").notNull(),
    message: text("message").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.runId, t.seq] }),
    uniqueIndex("run_events_agent_seq").on(t.companyId, t.runId, t.agentSeq).where(sql`agent_seq is not null`),
    foreignKey({
      columns: [t.companyId, t.runId],
      foreignColumns: [heartbeatRuns.companyId, heartbeatRuns.id],
      name: "run_events_of_run",
    }).onDelete("cascade"),
  ],
);

/** What a run wrote, until it is moved to object storage. Offsets are bytes of UTF-8 from the start of the run's log. */
export const runLogChunks = pgTable(
  "run_log_chunks",
  {
    companyId: companyId(),
    runId: uuid("run_id").notNull(),
    byteOffset: bigint("byte_offset", { mode: "number" }).notNull(),
    seq: integer("seq").notNull(),
    byteLength: integer("byte_length").notNull(),
    content: text("content").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.runId, t.byteOffset] }),
    uniqueIndex("run_log_chunks_seq").on(t.companyId, t.runId, t.seq),
    foreignKey({
      columns: [t.companyId, t.runId],
      foreignColumns: [heartbeatRuns.companyId, heartbeatRuns.id],
      name: "run_log_chunks_of_run",
    }).onDelete("cascade"),
  ],
);
