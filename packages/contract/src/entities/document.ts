import * as z from "zod";
import { id, instant } from "../primitives.ts";

/** A document is addressed by its key within its issue: `plan`, `release-notes`. */
export const documentKey = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "is lower case letters and digits, with single hyphens between them");

/** What one may write in a document. */
export const documentLimits = { bodyChars: 200_000, perIssue: 50, revisions: 1000 } as const;

/** A text that belongs to an issue: a plan, a report, notes. */
export const issueDocument = z
  .object({
    id,
    companyId: id,
    issueId: id,
    key: documentKey,
    title: z.string(),
    format: z.literal("markdown"),
    body: z.string(),
    latestRevisionId: id,
    latestRevisionNumber: z.number().int(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    updatedByAgentId: id.nullable(),
    updatedByUserId: z.string().nullable(),
    updatedByName: z.string(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Document" });

/** A document without its text. */
export const documentListItem = issueDocument.omit({ body: true }).meta({ id: "DocumentListItem" });

/** What a document was, or is. */
export const documentRevision = z
  .object({
    id,
    companyId: id,
    documentId: id,
    revisionNumber: z.number().int(),
    title: z.string(),
    body: z.string(),
    changeSummary: z.string().nullable(),
    restoredFromRevisionId: id.nullable(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    createdByName: z.string(),
    runId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: "DocumentRevision" });

export const documentRevisionListItem = documentRevision.omit({ body: true }).meta({ id: "DocumentRevisionListItem" });

/** Why a document was not written: somebody else wrote first. Null when it was deleted meanwhile. */
export const documentStale = z.object({ currentRevision: documentRevision.nullable() }).meta({ id: "DocumentStale" });

export type IssueDocument = z.infer<typeof issueDocument>;
export type DocumentListItem = z.infer<typeof documentListItem>;
export type DocumentRevision = z.infer<typeof documentRevision>;
export type DocumentRevisionListItem = z.infer<typeof documentRevisionListItem>;
export type DocumentStale = z.infer<typeof documentStale>;
