import {
  evidenceKinds,
  reviewStageKinds,
  reviewStageStatuses,
  treeHoldModes,
  treeHoldStatuses,
} from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, pgEnum, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { agents } from "./agents.ts";
import { issueStatus } from "./enums.ts";
import { issues } from "./issues.ts";

export const treeHoldMode = pgEnum("tree_hold_mode", treeHoldModes);
export const treeHoldStatus = pgEnum("tree_hold_status", treeHoldStatuses);
export const reviewStageKind = pgEnum("review_stage_kind", reviewStageKinds);
export const reviewStageStatus = pgEnum("review_stage_status", reviewStageStatuses);
export const evidenceKind = pgEnum("evidence_kind", evidenceKinds);

/** An issue that the board paused or cancelled together with all below it. */
export const issueTreeHolds = pgTable(
  "issue_tree_holds",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    mode: treeHoldMode("mode").notNull(),
    status: treeHoldStatus("status").notNull().default("active"),
    reason: text("reason"),
    createdByUserId: text("created_by_user_id"),
    createdByName: text("created_by_name"),
    /** How many issues it changed, and how many runs it stopped. */
    issueCount: integer("issue_count").notNull().default(0),
    runCount: integer("run_count").notNull().default(0),
    releasedByUserId: text("released_by_user_id"),
    releaseNote: text("release_note"),
    releasedAt: instant("released_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("issue_tree_holds_issue").on(t.companyId, t.issueId, t.id),
    // What every gate looks at: empty in a company that pauses nothing.
    index("issue_tree_holds_pausing").on(t.companyId, t.issueId).where(sql`status = 'active' and mode = 'pause'`),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_tree_holds_of_issue",
    }).onDelete("cascade"),
  ],
);

/** What a hold did to an issue, so that its release can undo it. */
export const issueTreeHoldIssues = pgTable(
  "issue_tree_hold_issues",
  {
    companyId: companyId(),
    holdId: uuid("hold_id").notNull(),
    issueId: uuid("issue_id").notNull(),
    formerStatus: issueStatus("former_status").notNull(),
    /** A run worked on it, or was to. */
    hadRun: boolean("had_run").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.holdId, t.issueId] }),
    index("issue_tree_hold_issues_issue").on(t.companyId, t.issueId),
    foreignKey({
      columns: [t.companyId, t.holdId],
      foreignColumns: [issueTreeHolds.companyId, issueTreeHolds.id],
      name: "issue_tree_hold_issues_of_hold",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_tree_hold_issues_of_issue",
    }).onDelete("cascade"),
  ],
);

/** Who has to look at the work on an issue before it is done, in order. */
export const issueReviewStages = pgTable(
  "issue_review_stages",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    position: integer("position").notNull(),
    kind: reviewStageKind("kind").notNull(),
    reviewerAgentId: uuid("reviewer_agent_id"),
    reviewerUserId: text("reviewer_user_id"),
    status: reviewStageStatus("status").notNull().default("pending"),
    note: text("note"),
    decidedByAgentId: uuid("decided_by_agent_id"),
    decidedByUserId: text("decided_by_user_id"),
    decidedByName: text("decided_by_name"),
    decidedAt: instant("decided_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("issue_review_stages_issue").on(t.companyId, t.issueId, t.position),
    index("issue_review_stages_active").on(t.companyId, t.id).where(sql`status = 'active'`),
    index("issue_review_stages_since").on(t.updatedAt).where(sql`status = 'active' and reviewer_user_id is not null`),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_review_stages_of_issue",
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.reviewerAgentId],
      foreignColumns: [agents.companyId, agents.id],
      name: "issue_review_stages_reviewer",
    }),
  ],
);

/** What has to be true before an issue is done, each with what shows it. */
export const issueCriteria = pgTable(
  "issue_criteria",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    position: integer("position").notNull(),
    text: text("text").notNull(),
    isRequired: boolean("is_required").notNull().default(true),
    evidenceKind: evidenceKind("evidence_kind"),
    /** The id of a comment, work product or attachment, the key of a document, or an address. */
    evidenceRef: text("evidence_ref"),
    evidenceNote: text("evidence_note"),
    metByAgentId: uuid("met_by_agent_id"),
    metByUserId: text("met_by_user_id"),
    metByName: text("met_by_name"),
    metAt: instant("met_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("issue_criteria_issue").on(t.companyId, t.issueId, t.position),
    foreignKey({
      columns: [t.companyId, t.issueId],
      foreignColumns: [issues.companyId, issues.id],
      name: "issue_criteria_of_issue",
    }).onDelete("cascade"),
  ],
);
