import * as z from "zod";
import {
  documentKey,
  documentLimits,
  documentListItem,
  documentRevision,
  documentRevisionListItem,
  issueDocument,
} from "../entities/document.ts";
import { operation } from "../operation.ts";
import { id, issueParams, issueRef, name, pageQuery, text } from "../primitives.ts";

const tag = "Documents";
const everyone = ["user", "agent", "run"] as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;
const ofDocument = { ...ofIssue, params: z.object({ id: issueRef, key: documentKey }) } as const;
const ofRevision = { ...ofIssue, params: z.object({ id: issueRef, key: documentKey, rid: id }) } as const;
const writes = { role: "operator", agents: "concerned_or_above", effect: "write" } as const;

export const documentOperations = {
  "documents.list": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/documents",
    summary: "The documents of an issue by their keys, without their texts",
    effect: "read",
    output: z.array(documentListItem),
    status: 200,
  }),
  "documents.get": operation({
    ...ofDocument,
    method: "GET",
    path: "/issues/:id/documents/:key",
    summary: "One document",
    effect: "read",
    output: issueDocument,
    status: 200,
  }),
  "documents.put": operation({
    ...ofDocument,
    ...writes,
    method: "PUT",
    path: "/issues/:id/documents/:key",
    summary: "Write a document; 409 with the current revision when somebody else wrote since `baseRevisionId`",
    body: z.strictObject({
      title: name(200).optional().describe("The key, when a new document has none"),
      format: z.literal("markdown").optional(),
      body: text(documentLimits.bodyChars),
      changeSummary: text(500).trim().nullable().optional(),
      baseRevisionId: id.nullable().optional().describe("The revision that was changed; none for a new document"),
    }),
    output: issueDocument,
    status: 200,
    errors: ["stale_state", "conflict", "forbidden"],
  }),
  "documents.delete": operation({
    ...ofDocument,
    ...writes,
    effect: "destroy",
    method: "DELETE",
    path: "/issues/:id/documents/:key",
    summary: "Delete a document with all its revisions",
    output: null,
    status: 204,
    errors: ["forbidden"],
  }),
  "documents.revisions": operation({
    ...ofDocument,
    method: "GET",
    path: "/issues/:id/documents/:key/revisions",
    summary: "What a document was, newest first, without the texts",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(documentRevisionListItem),
    status: 200,
    paged: true,
  }),
  "documents.getRevision": operation({
    ...ofRevision,
    method: "GET",
    path: "/issues/:id/documents/:key/revisions/:rid",
    summary: "One revision of a document",
    effect: "read",
    output: documentRevision,
    status: 200,
  }),
  "documents.restore": operation({
    ...ofRevision,
    ...writes,
    method: "POST",
    path: "/issues/:id/documents/:key/revisions/:rid/restore",
    summary: "Make a document what it was: a new revision with an earlier one's text",
    body: z.strictObject({
      baseRevisionId: id.optional().describe("The latest revision that one has seen; a later one answers 409"),
    }),
    output: issueDocument,
    status: 200,
    errors: ["stale_state", "conflict", "forbidden"],
  }),
} as const;
