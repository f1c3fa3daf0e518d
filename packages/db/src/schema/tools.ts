import type { SkillFile } from "@boardroom/contract";
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
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { toolApprovalStatus, toolEffect } from "./enums.ts";
import { heartbeatRuns } from "./runs.ts";

/** What a company lets its agents do without asking, and what never. The first that fits decides. */
export const toolRules = pgTable(
  "tool_rules",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    position: integer("position").notNull(),
    effect: toolEffect("effect").notNull(),
    tool: text("tool").notNull(),
    shape: text("shape"),
    adapterType: text("adapter_type"),
    agentId: uuid("agent_id"),
    note: text("note"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("tool_rules_order").on(t.companyId, t.position, t.id),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "tool_rules_of_agent",
    }).onDelete("cascade"),
  ],
);

/** Tool calls of running programs that wait for a person, or were decided. */
export const toolApprovals = pgTable(
  "tool_approvals",
  {
    companyId: companyId(),
    id: newId(),
    runId: uuid("run_id").notNull(),
    agentId: uuid("agent_id").notNull(),
    issueId: uuid("issue_id"),
    callId: text("call_id").notNull(),
    tool: text("tool").notNull(),
    input: jsonb("input").$type<Record<string, unknown>>().notNull(),
    summary: text("summary"),
    status: toolApprovalStatus("status").notNull().default("pending"),
    note: text("note"),
    decidedByUserId: text("decided_by_user_id"),
    decidedByName: text("decided_by_name"),
    ruleId: uuid("rule_id"),
    expiresAt: instant("expires_at").notNull(),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("tool_approvals_call").on(t.companyId, t.runId, t.callId),
    index("tool_approvals_pending").on(t.companyId, t.id).where(sql`status = 'pending'`),
    index("tool_approvals_since").on(t.createdAt).where(sql`status = 'pending'`),
    foreignKey({
      columns: [t.companyId, t.runId],
      foreignColumns: [heartbeatRuns.companyId, heartbeatRuns.id],
      name: "tool_approvals_of_run",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "tool_approvals_of_agent",
    }).onDelete("cascade"),
  ],
);

/** What the agents of a company are taught. */
export const companySkills = pgTable(
  "company_skills",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    files: jsonb("files").$type<SkillFile[]>().notNull(),
    isEnabled: boolean("is_enabled").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] }), unique("company_skills_key").on(t.companyId, t.key)],
);
