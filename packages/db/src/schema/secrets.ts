import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { secretStatus } from "./enums.ts";
import { projects } from "./work.ts";

/** The key that a company's secrets are sealed with, itself wrapped with a master key of the Worker. */
export const companyDataKeys = pgTable(
  "company_data_keys",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    version: integer("version").notNull(),
    wrapped: text("wrapped").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.version] }),
    // The tick finds what an older master key wrapped.
    index("company_data_keys_master").on(sql`split_part(wrapped, '.', 2)`),
  ],
);

/** What runs need and nobody may read. The value is in the versions, sealed. */
export const secrets = pgTable(
  "secrets",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    /** What references say: `${secret:key}`. */
    key: text("key").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    status: secretStatus("status").notNull().default("active"),
    latestVersion: integer("latest_version").notNull().default(1),
    lastRotatedAt: instant("last_rotated_at"),
    createdByUserId: text("created_by_user_id"),
    /** A deleted one stays for its access events; its key is free again. */
    deletedAt: instant("deleted_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    uniqueIndex("secrets_key").on(t.companyId, t.key).where(sql`deleted_at is null`),
  ],
);

const ofSecret = { foreignColumns: [secrets.companyId, secrets.id] as [typeof secrets.companyId, typeof secrets.id] };

/** The values that a secret had. One that was destroyed keeps its row, without the value. */
export const secretVersions = pgTable(
  "secret_versions",
  {
    companyId: companyId(),
    secretId: uuid("secret_id").notNull(),
    version: integer("version").notNull(),
    /** Sealed with the company's data key of this version; null once destroyed. */
    sealed: text("sealed"),
    dataKeyVersion: integer("data_key_version").notNull(),
    /** From when on it may be destroyed; a run that was given it keeps it until it ended, so that it can be masked. */
    destroyAt: instant("destroy_at"),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.secretId, t.version] }),
    index("secret_versions_destroy").on(t.destroyAt).where(sql`destroy_at is not null and sealed is not null`),
    foreignKey({ columns: [t.companyId, t.secretId], ...ofSecret, name: "secret_versions_of_secret" }).onDelete(
      "cascade",
    ),
    foreignKey({
      columns: [t.companyId, t.dataKeyVersion],
      foreignColumns: [companyDataKeys.companyId, companyDataKeys.version],
      name: "secret_versions_data_key",
    }),
  ],
);

/** Whom a secret is for; for every agent when none is named. */
export const secretAgents = pgTable(
  "secret_agents",
  { companyId: companyId(), secretId: uuid("secret_id").notNull(), agentId: uuid("agent_id").notNull() },
  (t) => [
    primaryKey({ columns: [t.companyId, t.secretId, t.agentId] }),
    index("secret_agents_agent").on(t.companyId, t.agentId),
    foreignKey({ columns: [t.companyId, t.secretId], ...ofSecret, name: "secret_agents_of_secret" }).onDelete(
      "cascade",
    ),
    foreignKey({
      columns: [t.companyId, t.agentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "secret_agents_agent",
    }).onDelete("cascade"),
  ],
);

/** In which projects a secret is given out; in all when none is named. */
export const secretProjects = pgTable(
  "secret_projects",
  { companyId: companyId(), secretId: uuid("secret_id").notNull(), projectId: uuid("project_id").notNull() },
  (t) => [
    primaryKey({ columns: [t.companyId, t.secretId, t.projectId] }),
    index("secret_projects_project").on(t.companyId, t.projectId),
    foreignKey({ columns: [t.companyId, t.secretId], ...ofSecret, name: "secret_projects_of_secret" }).onDelete(
      "cascade",
    ),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "secret_projects_project",
    }).onDelete("cascade"),
  ],
);

/** Each time a value was given out: to whom, for which run. Nobody may update or delete its rows. */
export const secretAccessEvents = pgTable(
  "secret_access_events",
  {
    companyId: companyId(),
    id: newId(),
    secretId: uuid("secret_id").notNull(),
    secretVersion: integer("secret_version").notNull(),
    agentId: uuid("agent_id"),
    runId: uuid("run_id"),
    /** `run`, or the call to the agent that it was for: `poll`, `cancel`, `test`. */
    purpose: text("purpose").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("secret_access_events_secret").on(t.companyId, t.secretId, t.id),
    index("secret_access_events_run").on(t.companyId, t.runId),
    foreignKey({ columns: [t.companyId, t.secretId], ...ofSecret, name: "secret_access_events_of_secret" }).onDelete(
      "cascade",
    ),
  ],
);
