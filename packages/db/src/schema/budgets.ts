import { sql } from "drizzle-orm";
import {
  boolean,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, money, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { budgetAction, budgetIncidentStatus, budgetPolicyScope, budgetThreshold, budgetWindow } from "./enums.ts";
import { projects } from "./work.ts";

/**
 * What may be spent by whom in which span of time; of several that apply all must allow. The monthly ones of a company and of
 * agents are kept the same as their columns `budget_monthly_cents` by triggers, whichever of both is written.
 */
export const budgetPolicies = pgTable(
  "budget_policies",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    scope: budgetPolicyScope("scope").notNull(),
    agentId: uuid("agent_id"),
    projectId: uuid("project_id"),
    window: budgetWindow("budget_window").notNull(),
    /** Of a rolling window: it ends with today. */
    windowDays: integer("window_days"),
    /** Null is unlimited by choice. */
    amountCents: money("amount_cents"),
    alertPercent: integer("alert_percent").notNull().default(80),
    hardStop: boolean("hard_stop").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("budget_policies_one")
      .on(t.companyId, t.scope, t.agentId, t.projectId, t.window, t.windowDays)
      .nullsNotDistinct(),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "budget_policies_of_agent",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "budget_policies_of_project",
    }).onDelete("cascade"),
  ],
);

/** A threshold that was reached: once per policy, window and amount, however many costs reach it at the same time. */
export const budgetIncidents = pgTable(
  "budget_incidents",
  {
    companyId: companyId(),
    id: newId(),
    policyId: uuid("policy_id").notNull(),
    /** The window's first day; of rolling windows the first of so many days by the calendar. */
    windowKey: date("window_key", { mode: "string" }).notNull(),
    windowEndsAt: instant("window_ends_at"),
    threshold: budgetThreshold("threshold").notNull(),
    amountCents: money("amount_cents").notNull(),
    spentCents: money("spent_cents").notNull(),
    status: budgetIncidentStatus("status").notNull().default("open"),
    action: budgetAction("action"),
    /** Until then a stop holds: renewals of what it covers answer cancel. Alerts and soft limits hold nothing. */
    liftedAt: instant("lifted_at"),
    approvalId: uuid("approval_id"),
    note: text("note"),
    resolvedByUserId: text("resolved_by_user_id"),
    resolvedAt: instant("resolved_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("budget_incidents_once").on(t.companyId, t.policyId, t.windowKey, t.threshold, t.amountCents),
    index("budget_incidents_open").on(t.companyId, t.id).where(sql`status = 'open'`),
    index("budget_incidents_since").on(t.createdAt).where(sql`status = 'open'`),
    index("budget_incidents_holding").on(t.companyId, t.policyId).where(sql`lifted_at is null`),
    index("budget_incidents_over").on(t.windowEndsAt).where(sql`lifted_at is null`),
    foreignKey({
      columns: [t.companyId, t.policyId],
      foreignColumns: [budgetPolicies.companyId, budgetPolicies.id],
      name: "budget_incidents_of_policy",
    }).onDelete("cascade"),
  ],
);

/** What an agent spent on a day (UTC) in a project. Each row is one agent's, so that no row is shared; sums are read. */
export const spendDays = pgTable(
  "spend_days",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    agentId: uuid("agent_id").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    /** All zeros for what was spent outside of any project. */
    projectId: uuid("project_id").notNull(),
    spentCents: money("spent_cents").notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.agentId, t.day, t.projectId] }),
    index("spend_days_day").on(t.companyId, t.day),
    index("spend_days_project").on(t.companyId, t.projectId, t.day),
  ],
);

/** What a model costs in this company, in cents per million tokens; goes before the known prices. */
export const modelPrices = pgTable(
  "model_prices",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    provider: text("provider").notNull(),
    model: text("model").notNull(),
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    inputCents: money("input_cents").notNull(),
    cachedInputCents: money("cached_input_cents").notNull(),
    outputCents: money("output_cents").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("model_prices_from").on(t.companyId, t.provider, t.model, t.validFrom),
  ],
);
