import type { EnvironmentReport, OfferedAdapter, RunnerHost } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { environmentTestStatus, runnerStatus } from "./enums.ts";

/** Machines that run agents. Whether one is online its hub knows; here stands when it last came or went. */
export const runners = pgTable(
  "runners",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    name: text("name").notNull(),
    status: runnerStatus("status").notNull().default("active"),
    /** Of the device: the `x` of an Ed25519 JWK. The private key never leaves it. */
    publicKey: text("public_key").notNull(),
    host: jsonb("host").$type<RunnerHost>().notNull(),
    adapters: jsonb("adapters").$type<OfferedAdapter[]>().notNull().default([]),
    labels: text("labels").array().notNull().default(sql`'{}'::text[]`),
    /** The agents it may run; null is every one of the company. */
    agentIds: uuid("agent_ids").array(),
    slots: integer("slots").notNull().default(1),
    connectedAt: instant("connected_at"),
    lastSeenAt: instant("last_seen_at"),
    createdByUserId: text("created_by_user_id"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] })],
);

/** Single-use codes with which a device becomes a runner; SHA-256 at rest. */
export const runnerCodes = pgTable(
  "runner_codes",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    codeHash: text("code_hash").notNull(),
    name: text("name"),
    labels: text("labels").array().notNull().default(sql`'{}'::text[]`),
    agentIds: uuid("agent_ids").array(),
    createdByUserId: text("created_by_user_id"),
    expiresAt: instant("expires_at").notNull(),
    usedAt: instant("used_at"),
    runnerId: uuid("runner_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("runner_codes_hash").on(t.codeHash),
    foreignKey({
      columns: [t.companyId, t.runnerId],
      foreignColumns: [runners.companyId, runners.id],
      name: "runner_codes_runner",
    }),
  ],
);

/** Looks at whether an adapter would work on a runner's machine. */
export const environmentTests = pgTable(
  "environment_tests",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    adapterType: text("adapter_type").notNull(),
    adapterConfig: jsonb("adapter_config").$type<Record<string, unknown>>().notNull(),
    agentId: uuid("agent_id"),
    /** Who is to look; whoever offers the adapter when null. */
    runnerId: uuid("runner_id"),
    status: environmentTestStatus("status").notNull().default("pending"),
    report: jsonb("report").$type<EnvironmentReport>(),
    requestedByUserId: text("requested_by_user_id"),
    createdAt: createdAt(),
    finishedAt: instant("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("environment_tests_pending").on(t.companyId, t.id).where(sql`status = 'pending'`),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "environment_tests_of_agent",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.runnerId],
      foreignColumns: [runners.companyId, runners.id],
      name: "environment_tests_on_runner",
    }),
  ],
);
