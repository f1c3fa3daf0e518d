import type { RoutineSnapshot, RoutineVariable } from "@boardroom/contract";
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
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import {
  issuePriority,
  routineCatchUpPolicy,
  routineConcurrencyPolicy,
  routineRunSource,
  routineRunStatus,
  routineSigningMode,
  routineStatus,
  routineTriggerKind,
} from "./enums.ts";
import { goals, projects } from "./work.ts";

/** Work that comes again: each fire makes an issue, or adds to the open one. */
export const routines = pgTable(
  "routines",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    title: text("title").notNull(),
    description: text("description"),
    projectId: uuid("project_id"),
    goalId: uuid("goal_id"),
    assigneeAgentId: uuid("assignee_agent_id"),
    priority: issuePriority("priority").notNull().default("medium"),
    status: routineStatus("status").notNull().default("active"),
    concurrencyPolicy: routineConcurrencyPolicy("concurrency_policy").notNull().default("coalesce_if_active"),
    catchUpPolicy: routineCatchUpPolicy("catch_up_policy").notNull().default("skip_missed"),
    variables: jsonb("variables").$type<RoutineVariable[]>().notNull().default([]),
    /** Environment of the runs that it causes; values may name secrets. */
    env: jsonb("env").$type<Record<string, string>>().notNull().default({}),
    /** How many versions there were; the earlier ones are kept as revisions. */
    revisionNumber: integer("revision_number").notNull().default(1),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("routines_status").on(t.companyId, t.status, t.id),
    index("routines_assignee").on(t.companyId, t.assigneeAgentId),
    index("routines_project").on(t.companyId, t.projectId),
    index("routines_goal").on(t.companyId, t.goalId),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "routines_in_project",
    }),
    foreignKey({
      columns: [t.companyId, t.goalId],
      foreignColumns: [goals.companyId, goals.id],
      name: "routines_for_goal",
    }),
    foreignKey({
      columns: [t.companyId, t.assigneeAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "routines_assignee_agent",
    }),
  ],
);

const ofRoutine = {
  foreignColumns: [routines.companyId, routines.id] as [typeof routines.companyId, typeof routines.id],
};

/** Earlier versions of a routine, as they were until somebody changed them. */
export const routineRevisions = pgTable(
  "routine_revisions",
  {
    companyId: companyId(),
    id: newId(),
    routineId: uuid("routine_id").notNull(),
    revisionNumber: integer("revision_number").notNull(),
    snapshot: jsonb("snapshot").$type<RoutineSnapshot>().notNull(),
    /** Who replaced this version. */
    replacedByAgentId: uuid("replaced_by_agent_id"),
    replacedByUserId: text("replaced_by_user_id"),
    replacedByName: text("replaced_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("routine_revisions_number").on(t.companyId, t.routineId, t.revisionNumber),
    foreignKey({
      columns: [t.companyId, t.routineId],
      ...ofRoutine,
      name: "routine_revisions_of_routine",
    }).onDelete("cascade"),
  ],
);

/** What makes a routine fire. */
export const routineTriggers = pgTable(
  "routine_triggers",
  {
    companyId: companyId(),
    id: newId(),
    routineId: uuid("routine_id").notNull(),
    kind: routineTriggerKind("kind").notNull(),
    label: text("label"),
    enabled: boolean("enabled").notNull().default(true),
    cronExpression: text("cron_expression"),
    timezone: text("timezone"),
    /** The next slot; null while the trigger or its routine rests. */
    nextRunAt: instant("next_run_at"),
    /** False while `nextRunAt` is only the moment after which the tick is to look for the next slot. */
    isSlot: boolean("is_slot").notNull().default(false),
    publicId: text("public_id"),
    signingMode: routineSigningMode("signing_mode"),
    replayWindowSec: integer("replay_window_sec"),
    lastFiredAt: instant("last_fired_at"),
    secretRotatedAt: instant("secret_rotated_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("routine_triggers_routine").on(t.companyId, t.routineId, t.id),
    index("routine_triggers_due").on(t.nextRunAt).where(sql`next_run_at is not null`),
    uniqueIndex("routine_triggers_public").on(t.publicId),
    foreignKey({
      columns: [t.companyId, t.routineId],
      ...ofRoutine,
      name: "routine_triggers_of_routine",
    }).onDelete("cascade"),
  ],
);

const ofTrigger = {
  foreignColumns: [routineTriggers.companyId, routineTriggers.id] as [
    typeof routineTriggers.companyId,
    typeof routineTriggers.id,
  ],
};

/** Secrets of webhook triggers, sealed with the master key; apart, so that no row of a trigger carries one along. */
export const routineTriggerSecrets = pgTable(
  "routine_trigger_secrets",
  { companyId: companyId(), triggerId: uuid("trigger_id").notNull(), sealed: text("sealed").notNull() },
  (t) => [
    primaryKey({ columns: [t.companyId, t.triggerId] }),
    index("routine_trigger_secrets_master").on(sql`split_part(sealed, '.', 2)`),
    foreignKey({
      columns: [t.companyId, t.triggerId],
      ...ofTrigger,
      name: "routine_trigger_secrets_of_trigger",
    }).onDelete("cascade"),
  ],
);

/** Deliveries that a webhook trigger took, for as long as they could be replayed. */
export const routineTriggerNonces = pgTable(
  "routine_trigger_nonces",
  {
    companyId: companyId(),
    triggerId: uuid("trigger_id").notNull(),
    nonce: text("nonce").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.triggerId, t.nonce] }),
    index("routine_trigger_nonces_expiry").on(t.companyId, t.triggerId, t.expiresAt),
    foreignKey({
      columns: [t.companyId, t.triggerId],
      ...ofTrigger,
      name: "routine_trigger_nonces_of_trigger",
    }).onDelete("cascade"),
  ],
);

/** Every fire of a routine with what came of it. */
export const routineRuns = pgTable(
  "routine_runs",
  {
    companyId: companyId(),
    id: newId(),
    routineId: uuid("routine_id").notNull(),
    /** The trigger as it was; it may be gone since. */
    triggerId: uuid("trigger_id"),
    source: routineRunSource("source").notNull(),
    status: routineRunStatus("status").notNull(),
    /** Why nothing, or not a new issue, came of it. */
    reason: text("reason"),
    /** The slot of a schedule; no slot of a trigger fires twice. */
    scheduledFor: instant("scheduled_for"),
    /** Missed slots that this row stands for, when it stands for those. */
    missedCount: integer("missed_count").notNull().default(0),
    variables: jsonb("variables").$type<Record<string, string>>().notNull().default({}),
    triggerPayload: jsonb("trigger_payload").$type<unknown>(),
    /** The issue as it was named; one that nothing came of may be deleted. */
    linkedIssueId: uuid("linked_issue_id"),
    triggeredAt: instant("triggered_at").notNull().default(sql`now()`),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("routine_runs_routine").on(t.companyId, t.routineId, t.id),
    uniqueIndex("routine_runs_slot").on(t.companyId, t.triggerId, t.scheduledFor),
    foreignKey({
      columns: [t.companyId, t.routineId],
      ...ofRoutine,
      name: "routine_runs_of_routine",
    }).onDelete("cascade"),
  ],
);
