import { sql } from "drizzle-orm";
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, money, newId, updatedAt } from "../columns.ts";
import { companyStatus, memberRole } from "./enums.ts";

/** The tenant itself; its own row level security compares `id`. */
export const companies = pgTable("companies", {
  id: uuid("id").primaryKey().default(sql`uuidv7()`),
  name: text("name").notNull(),
  description: text("description"),
  status: companyStatus("status").notNull().default("active"),
  pauseReason: text("pause_reason"),
  pausedAt: instant("paused_at"),
  issuePrefix: text("issue_prefix").notNull().unique(),
  issueCounter: integer("issue_counter").notNull().default(0),
  budgetMonthlyCents: money("budget_monthly_cents"),
  requireBoardApprovalForNewAgents: boolean("require_board_approval_for_new_agents").notNull().default(true),
  /** Runs of all its agents at a time; unlimited when null. */
  maxConcurrentRuns: integer("max_concurrent_runs"),
  attachmentMaxBytes: integer("attachment_max_bytes").notNull().default(26_214_400),
  brandColor: text("brand_color"),
  logoUrl: text("logo_url"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const memberships = pgTable(
  "memberships",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    userId: text("user_id").notNull(),
    displayName: text("display_name").notNull(),
    role: memberRole("role").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("memberships_company_user").on(t.companyId, t.userId),
    index("memberships_user").on(t.userId, t.companyId),
  ],
);

/** Answers of creating calls, so that a retry with the same key gets the first result again. */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    actorId: text("actor_id").notNull(),
    key: text("key").notNull(),
    operation: text("operation").notNull(),
    bodyHash: text("body_hash").notNull(),
    response: jsonb("response").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.actorId, t.key] })],
);

/** The same for what people do outside a company: founding one, making a board key. */
export const userIdempotencyKeys = pgTable(
  "user_idempotency_keys",
  {
    userId: text("user_id").notNull(),
    key: text("key").notNull(),
    operation: text("operation").notNull(),
    bodyHash: text("body_hash").notNull(),
    response: jsonb("response").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
);

/** When the minute's work was last begun, by whom; one row. A late one is taken up by whoever sees it. */
export const schedulerState = pgTable("scheduler_state", {
  name: text("name").primaryKey(),
  lastTickAt: instant("last_tick_at").notNull(),
  lastTickBy: text("last_tick_by").notNull(),
  /** Ticks that came late and were taken up by the watchdog. */
  rescued: integer("rescued").notNull().default(0),
});
