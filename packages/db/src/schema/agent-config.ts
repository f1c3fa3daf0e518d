import type { ConfigRevision, InstructionFile } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { foreignKey, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, newId } from "../columns.ts";
import { agents } from "./agents.ts";

const ofAgent = { foreignColumns: [agents.companyId, agents.id] as [typeof agents.companyId, typeof agents.id] };

/** Every version of what an agent is told about itself; `agents.instructions_version` says which one is in force. */
export const agentInstructions = pgTable(
  "agent_instructions",
  {
    companyId: companyId(),
    agentId: uuid("agent_id").notNull(),
    version: integer("version").notNull(),
    files: jsonb("files").$type<InstructionFile[]>().notNull(),
    authorName: text("author_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.agentId, t.version] }),
    foreignKey({ columns: [t.companyId, t.agentId], ...ofAgent, name: "agent_instructions_of_agent" }).onDelete(
      "cascade",
    ),
  ],
);

/** Every change of an agent's configuration, with what it was and what it became. */
export const agentConfigRevisions = pgTable(
  "agent_config_revisions",
  {
    companyId: companyId(),
    id: newId(),
    agentId: uuid("agent_id").notNull(),
    source: text("source").$type<ConfigRevision["source"]>().notNull(),
    changedKeys: text("changed_keys").array().notNull().default(sql`'{}'::text[]`),
    beforeConfig: jsonb("before_config").$type<Record<string, unknown>>().notNull(),
    afterConfig: jsonb("after_config").$type<Record<string, unknown>>().notNull(),
    rolledBackFromRevisionId: uuid("rolled_back_from_revision_id"),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    createdByName: text("created_by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("agent_config_revisions_agent").on(t.companyId, t.agentId, t.id),
    foreignKey({ columns: [t.companyId, t.agentId], ...ofAgent, name: "agent_config_revisions_of_agent" }).onDelete(
      "cascade",
    ),
  ],
);
