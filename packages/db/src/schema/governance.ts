import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { companies } from "./companies.ts";
import { actorType, approvalStatus, approvalType } from "./enums.ts";

export const approvals = pgTable(
  "approvals",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    type: approvalType("type").notNull(),
    requestedByAgentId: uuid("requested_by_agent_id"),
    requestedByUserId: text("requested_by_user_id"),
    requestedByRunId: uuid("requested_by_run_id"),
    status: approvalStatus("status").notNull().default("pending"),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    decisionNote: text("decision_note"),
    decidedByUserId: text("decided_by_user_id"),
    decidedAt: instant("decided_at"),
    /** Counts resubmissions with another payload. */
    payloadVersion: integer("payload_version").notNull().default(1),
    /** Of a plan, the parts that were approved; all of it when null. */
    selection: jsonb("selection").$type<Record<string, unknown>>(),
    /** Since when it has waited for an answer this time. */
    pendingSince: instant("pending_since").notNull().default(sql`now()`),
    escalatedAt: instant("escalated_at"),
    /** When what was approved takes effect; until then it can be undone. */
    effectAt: instant("effect_at"),
    effectedAt: instant("effected_at"),
    /** Why what was approved could not be done in the end. */
    effectProblem: text("effect_problem"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("approvals_waiting").on(t.companyId, t.pendingSince).where(sql`status = 'pending'`),
    // For the tick, over all companies: what began lately, and what is over.
    index("approvals_since").on(t.pendingSince).where(sql`status = 'pending'`),
    index("approvals_escalated").on(t.escalatedAt).where(sql`status = 'pending' and escalated_at is not null`),
    index("approvals_in_grace").on(t.effectAt).where(sql`status = 'approved' and effected_at is null`),
  ],
);

export const approvalComments = pgTable(
  "approval_comments",
  {
    companyId: companyId(),
    id: newId(),
    approvalId: uuid("approval_id").notNull(),
    body: text("body").notNull(),
    authorAgentId: uuid("author_agent_id"),
    authorUserId: text("author_user_id"),
    authorName: text("author_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("approval_comments_approval").on(t.companyId, t.approvalId, t.id),
    foreignKey({
      columns: [t.companyId, t.approvalId],
      foreignColumns: [approvals.companyId, approvals.id],
      name: "approval_comments_of_approval",
    }).onDelete("cascade"),
  ],
);

/**
 * The audit log and the event feed. Nobody may update or delete its rows. `(xid, seq)` is the feed's cursor: read below
 * the oldest transaction still open, it never skips a row that commits late.
 */
export const activityLog = pgTable(
  "activity_log",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    xid: bigint("xid", { mode: "number" }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
    seq: bigint("seq", { mode: "number" }).notNull().generatedAlwaysAsIdentity(),
    actorType: actorType("actor_type").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name"),
    action: text("action").notNull(),
    entityType: text("entity_type").notNull(),
    entityId: text("entity_id").notNull(),
    agentId: uuid("agent_id"),
    runId: uuid("run_id"),
    details: jsonb("details").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("activity_log_feed").on(t.companyId, t.xid, t.seq),
    index("activity_log_entity").on(t.companyId, t.entityType, t.entityId, t.xid, t.seq),
    // Where the sealer looks for companies in which something happened lately; it costs a write next to nothing.
    index("activity_log_recent").using("brin", t.createdAt),
    index("activity_log_run").on(t.companyId, t.runId).where(sql`run_id is not null and actor_type = 'agent'`),
  ],
);
