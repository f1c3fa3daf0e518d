import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  type ForeignKeyBuilder,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { companies } from "./companies.ts";
import { approvalType, decisionKind, memberRole, notificationChannel, notificationStatus } from "./enums.ts";
import { approvals } from "./governance.ts";
import { issues } from "./issues.ts";

/** How a company decides approvals of one type, where that differs from the defaults. */
export const decisionPolicies = pgTable(
  "decision_policies",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    type: approvalType("type").notNull(),
    quorum: integer("quorum").notNull(),
    minimumRole: memberRole("minimum_role").notNull(),
    graceSeconds: integer("grace_seconds").notNull(),
    escalateAfterSec: integer("escalate_after_sec"),
    expiresAfterSec: integer("expires_after_sec"),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.type] })],
);

/** Who is for and who against a pending approval; one vote a person, which they may change until it is decided. */
export const approvalVotes = pgTable(
  "approval_votes",
  {
    companyId: companyId(),
    approvalId: uuid("approval_id").notNull(),
    userId: text("user_id").notNull(),
    userName: text("user_name").notNull(),
    approves: boolean("approves").notNull(),
    note: text("note"),
    /** Of a plan, the parts that they are for; votes for different parts don't add up. */
    selection: jsonb("selection").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.approvalId, t.userId] }), ofApproval("approval_votes_of_approval", t)],
);

/** Payloads that a resubmission replaced, with the note that asked for it. */
export const approvalRevisions = pgTable(
  "approval_revisions",
  {
    companyId: companyId(),
    approvalId: uuid("approval_id").notNull(),
    version: integer("version").notNull(),
    payload: jsonb("payload").$type<Record<string, unknown>>().notNull(),
    note: text("note"),
    replacedByName: text("replaced_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.approvalId, t.version] }),
    ofApproval("approval_revisions_of_approval", t),
  ],
);

/** The issues that an approval is about. */
export const issueApprovals = pgTable(
  "issue_approvals",
  {
    companyId: companyId(),
    issueId: uuid("issue_id").notNull(),
    approvalId: uuid("approval_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.issueId, t.approvalId] }),
    index("issue_approvals_approval").on(t.companyId, t.approvalId, t.issueId),
    ofApproval("issue_approvals_of_approval", t),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_approvals_of_issue",
    }).onDelete("cascade"),
  ],
);

/** What was decided, signed. */
export const approvalReceipts = pgTable(
  "approval_receipts",
  {
    companyId: companyId(),
    approvalId: uuid("approval_id").notNull(),
    jws: text("jws").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.approvalId] }), ofApproval("approval_receipts_of_approval", t)],
);

/** What one person is told of one decision over one channel: once. */
export const notifications = pgTable(
  "notifications",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    userId: text("user_id").notNull(),
    channel: notificationChannel("channel").notNull(),
    kind: decisionKind("kind").notNull(),
    decisionId: uuid("decision_id").notNull(),
    /** What is asked again is a new thing to tell: the payload's version, and whether it was escalated. */
    round: text("round").notNull().default("1"),
    isUrgent: boolean("is_urgent").notNull().default(false),
    status: notificationStatus("status").notNull().default("pending"),
    dueAt: instant("due_at").notNull().default(sql`now()`),
    claimedUntil: instant("claimed_until"),
    attempts: integer("attempts").notNull().default(0),
    /** Devices that have it already, so that a second try spares them. */
    reached: uuid("reached").array().notNull().default(sql`'{}'::uuid[]`),
    problem: text("problem"),
    sentAt: instant("sent_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("notifications_once").on(t.companyId, t.userId, t.channel, t.kind, t.decisionId, t.round),
    index("notifications_due").on(t.companyId, t.dueAt).where(sql`status in ('pending', 'sending')`),
    index("notifications_pending").on(t.dueAt).where(sql`status = 'pending'`),
    index("notifications_sending").on(t.claimedUntil).where(sql`status = 'sending'`),
  ],
);

/** Over which channels a member wants to hear of what, and when not. */
export const notificationPreferences = pgTable(
  "notification_preferences",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    emailKinds: decisionKind("email_kinds").array().notNull(),
    pushKinds: decisionKind("push_kinds").array().notNull(),
    /** `HH:MM` in their time zone; no quiet hours when null. */
    quietFrom: text("quiet_from"),
    quietTo: text("quiet_to"),
    timeZone: text("time_zone").notNull().default("UTC"),
    urgentBreaksQuiet: boolean("urgent_breaks_quiet").notNull().default(true),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.userId] })],
);

/** Browsers that take pushes for a member. */
export const pushSubscriptions = pgTable(
  "push_subscriptions",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    userId: text("user_id").notNull(),
    endpoint: text("endpoint").notNull(),
    p256dh: text("p256dh").notNull(),
    auth: text("auth").notNull(),
    label: text("label").notNull(),
    lastReachedAt: instant("last_reached_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("push_subscriptions_endpoint").on(t.companyId, t.userId, t.endpoint),
  ],
);

/** Decisions that a member put off. */
export const decisionSnoozes = pgTable(
  "decision_snoozes",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    userId: text("user_id").notNull(),
    kind: decisionKind("kind").notNull(),
    decisionId: uuid("decision_id").notNull(),
    until: instant("until").notNull(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.userId, t.kind, t.decisionId] })],
);

/** The foreign key of what belongs to one approval. */
function ofApproval(name: string, t: { companyId: AnyPgColumn; approvalId: AnyPgColumn }): ForeignKeyBuilder {
  return foreignKey({
    columns: [t.companyId, t.approvalId],
    foreignColumns: [approvals.companyId, approvals.id],
    name,
  }).onDelete("cascade");
}
