import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { issues } from "./issues.ts";

const ofIssue = { foreignColumns: [issues.companyId, issues.id] as [typeof issues.companyId, typeof issues.id] };

/** A text of an issue as it is now; its revisions keep what it was. */
export const documents = pgTable(
  "documents",
  {
    companyId: companyId(),
    id: newId(),
    issueId: uuid("issue_id").notNull(),
    key: text("key").notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    latestRevisionId: uuid("latest_revision_id").notNull(),
    latestRevisionNumber: integer("latest_revision_number").notNull(),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    updatedByAgentId: uuid("updated_by_agent_id"),
    updatedByUserId: text("updated_by_user_id"),
    /** As it was when they wrote. */
    updatedByName: text("updated_by_name").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("documents_key").on(t.companyId, t.issueId, t.key),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "documents_of_issue" }).onDelete("cascade"),
  ],
);

/** What a document was and is; only ever added to. */
export const documentRevisions = pgTable(
  "document_revisions",
  {
    companyId: companyId(),
    id: newId(),
    documentId: uuid("document_id").notNull(),
    revisionNumber: integer("revision_number").notNull(),
    title: text("title").notNull(),
    body: text("body").notNull(),
    changeSummary: text("change_summary"),
    restoredFromRevisionId: uuid("restored_from_revision_id"),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    createdByName: text("created_by_name").notNull(),
    runId: uuid("run_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    unique("document_revisions_number").on(t.companyId, t.documentId, t.revisionNumber),
    foreignKey({
      columns: [t.companyId, t.documentId],
      foreignColumns: [documents.companyId, documents.id],
      name: "document_revisions_of_document",
    }).onDelete("cascade"),
  ],
);

/**
 * An object that was put into storage for an attachment, or is about to be. It outlives the attachment and its issue: once it
 * belongs to nothing, the tick removes the object and then this row.
 */
export const attachmentObjects = pgTable(
  "attachment_objects",
  {
    companyId: companyId(),
    id: newId(),
    /** From when on it is nobody's; null while an attachment names it. */
    orphanAt: instant("orphan_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("attachment_objects_orphans").on(t.orphanAt).where(sql`orphan_at is not null`),
  ],
);

/** A file on an issue; its bytes are the object of the same id. */
export const attachments = pgTable(
  "attachments",
  {
    companyId: companyId(),
    id: uuid("id").notNull(),
    issueId: uuid("issue_id").notNull(),
    originalFilename: text("original_filename").notNull(),
    /** What the bytes are, whatever was said. */
    contentType: text("content_type").notNull(),
    byteSize: bigint("byte_size", { mode: "number" }).notNull(),
    sha256: text("sha256").notNull(),
    createdByAgentId: uuid("created_by_agent_id"),
    createdByUserId: text("created_by_user_id"),
    createdByName: text("created_by_name").notNull(),
    runId: uuid("run_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("attachments_issue").on(t.companyId, t.issueId, t.id),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "attachments_of_issue" }).onDelete("cascade"),
    foreignKey({
      columns: [t.companyId, t.id],
      foreignColumns: [attachmentObjects.companyId, attachmentObjects.id],
      name: "attachments_object",
    }),
  ],
);

/** Up to when a person has read an issue; null when they said that it is to count as unread. */
export const issueReads = pgTable(
  "issue_reads",
  {
    companyId: companyId(),
    userId: text("user_id").notNull(),
    issueId: uuid("issue_id").notNull(),
    readAt: instant("read_at"),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.userId, t.issueId] }),
    index("issue_reads_issue").on(t.companyId, t.issueId),
    foreignKey({ columns: [t.companyId, t.issueId], ...ofIssue, name: "issue_reads_of_issue" }).onDelete("cascade"),
  ],
);
