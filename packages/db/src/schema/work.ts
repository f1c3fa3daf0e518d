import { date, foreignKey, index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { companies } from "./companies.ts";
import { goalLevel, goalStatus, projectStatus } from "./enums.ts";

export const goals = pgTable(
  "goals",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    title: text("title").notNull(),
    description: text("description"),
    level: goalLevel("level").notNull().default("company"),
    status: goalStatus("status").notNull().default("active"),
    parentId: uuid("parent_id"),
    ownerAgentId: uuid("owner_agent_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("goals_parent").on(t.companyId, t.parentId),
    index("goals_owner").on(t.companyId, t.ownerAgentId),
    foreignKey({ columns: [t.companyId, t.parentId], foreignColumns: [t.companyId, t.id], name: "goals_parent_goal" }),
    foreignKey({
      columns: [t.companyId, t.ownerAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "goals_owner_agent",
    }),
  ],
);

export const projects = pgTable(
  "projects",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    name: text("name").notNull(),
    description: text("description"),
    status: projectStatus("status").notNull().default("planned"),
    leadAgentId: uuid("lead_agent_id"),
    targetDate: date("target_date", { mode: "string" }),
    /** Environment of the runs on its issues; values may name secrets. */
    env: jsonb("env").$type<Record<string, string>>().notNull().default({}),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("projects_lead").on(t.companyId, t.leadAgentId),
    foreignKey({
      columns: [t.companyId, t.leadAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "projects_lead_agent",
    }),
  ],
);

export const projectGoals = pgTable(
  "project_goals",
  {
    companyId: companyId(),
    projectId: uuid("project_id").notNull(),
    goalId: uuid("goal_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.projectId, t.goalId] }),
    index("project_goals_goal").on(t.companyId, t.goalId),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "project_goals_project",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.goalId],
      foreignColumns: [goals.companyId, goals.id],
      name: "project_goals_goal_row",
    }),
  ],
);

/** Steps of a project: what is to be reached by when. An issue stands in one of its own project's. */
export const milestones = pgTable(
  "milestones",
  {
    companyId: companyId(),
    id: newId(),
    projectId: uuid("project_id").notNull(),
    name: text("name").notNull(),
    description: text("description"),
    targetDate: date("target_date", { mode: "string" }),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("milestones_name").on(t.companyId, t.projectId, t.name),
    unique("milestones_in_project").on(t.companyId, t.projectId, t.id),
    foreignKey({
      columns: [t.companyId, t.projectId],
      foreignColumns: [projects.companyId, projects.id],
      name: "milestones_of_project",
    }).onDelete("cascade"),
  ],
);

export const labels = pgTable(
  "labels",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    name: text("name").notNull(),
    color: text("color").notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.companyId, t.id] }), unique("labels_name").on(t.companyId, t.name)],
);
