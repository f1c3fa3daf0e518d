import { sql } from "drizzle-orm";
import { bigint, date, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, money, newId } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { budgetScope, costBasis } from "./enums.ts";

/** The ledger: append-only, unique by the event's own id. */
export const costEvents = pgTable(
  "cost_events",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    issueId: uuid("issue_id"),
    projectId: uuid("project_id"),
    goalId: uuid("goal_id"),
    heartbeatRunId: uuid("heartbeat_run_id"),
    billingCode: text("billing_code"),
    provider: text("provider").notNull(),
    biller: text("biller"),
    billingType: text("billing_type"),
    model: text("model").notNull(),
    inputTokens: bigint("input_tokens", { mode: "number" }).notNull().default(0),
    cachedInputTokens: bigint("cached_input_tokens", { mode: "number" }).notNull().default(0),
    outputTokens: bigint("output_tokens", { mode: "number" }).notNull().default(0),
    /** Negative only in a correction. */
    costCents: money("cost_cents").notNull(),
    basis: costBasis("basis").notNull().default("reported"),
    /** How an estimate was made, or why a cost was corrected. */
    basisNote: text("basis_note"),
    correctsEventId: uuid("corrects_event_id"),
    occurredAt: instant("occurred_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("cost_events_time").on(t.companyId, t.occurredAt),
    index("cost_events_agent").on(t.companyId, t.agentId, t.occurredAt),
    index("cost_events_issue").on(t.companyId, t.issueId).where(sql`issue_id is not null`),
    index("cost_events_project").on(t.companyId, t.projectId, t.occurredAt).where(sql`project_id is not null`),
    index("cost_events_corrects").on(t.companyId, t.correctsEventId).where(sql`corrects_event_id is not null`),
    index("cost_events_run").on(t.companyId, t.heartbeatRunId).where(sql`heartbeat_run_id is not null`),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "cost_events_of_agent",
    }),
  ],
);

/** What each scope spent in a month (UTC). A company's total is the sum over its agents, so that no row is shared. */
export const budgetSpend = pgTable(
  "budget_spend",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    scope: budgetScope("scope").notNull(),
    scopeId: uuid("scope_id").notNull(),
    month: date("month", { mode: "string" }).notNull(),
    spentCents: money("spent_cents").notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.scope, t.scopeId, t.month] })],
);
