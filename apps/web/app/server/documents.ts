import {
  type BoardroomError,
  type DocumentRevision,
  documentStale,
  type IssueDocument,
  operations,
} from "@boardroom/contract";
import { InvalidForm, parseForm } from "../forms/act.ts";
import { type FormFailure, invalidField } from "../forms/failure.ts";
import { readLines, readOptional, readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import { diffTexts } from "./diff-texts.ts";
import { isBoardroomError } from "./errors.ts";
import { renderMarkdown } from "./markdown.ts";

/** What somebody typed, which is not saved because somebody else wrote first. */
export interface DocumentConflict {
  conflict: true;
  key: string;
  title: string;
  body: string;
  theirs: Pick<DocumentRevision, "id" | "title" | "body" | "createdByName" | "createdAt" | "revisionNumber"> | null;
  /** From theirs to what was typed. */
  patch: string;
}

/** What was typed, as it would look. */
export interface DocumentPreview {
  title: string;
  body: string;
  changeSummary: string;
  baseRevisionId: string;
  html: string;
}

/** What the pages that write a document get from their action when it was not saved. */
export type DocumentAnswer = DocumentConflict | DocumentPreview | FormFailure;

export function readPreview({ company, form }: CompanyActionArgs): DocumentPreview {
  const body = readLines(form, "body") ?? "";
  return {
    title: readText(form, "title"),
    body,
    changeSummary: readText(form, "changeSummary"),
    baseRevisionId: readText(form, "baseRevisionId"),
    html: renderMarkdown(body, { issuePrefix: company.issuePrefix }),
  };
}

/** Writes a document from its form; answers the conflict where somebody else wrote meanwhile. */
export async function saveDocument(
  { api, form }: CompanyActionArgs,
  id: string,
  givenKey?: string,
): Promise<IssueDocument | DocumentConflict> {
  const title = readText(form, "title");
  const key = givenKey ?? (readText(form, "key") || toKey(title));
  if (key === "") throw new InvalidForm(invalidField(form, "title", "Give it a title with letters or digits."));
  const draft = {
    title: title || key,
    body: readLines(form, "body") ?? "",
    changeSummary: readOptional(form, "changeSummary"),
    baseRevisionId: readOptional(form, "baseRevisionId"),
  };
  try {
    const body = parseForm(operations["documents.put"].body, draft, form);
    return await api.call("documents.put", { params: { id, key }, body });
  } catch (error) {
    if (!isBoardroomError(error) || error.code !== "stale_state") throw error;
    return toConflict(error, key, draft);
  }
}

function toConflict(
  { details }: BoardroomError,
  key: string,
  { title, body }: { title: string; body: string },
): DocumentConflict {
  const theirs = documentStale.safeParse(details).data?.currentRevision ?? null;
  return { conflict: true, key, title, body, theirs, patch: diffTexts(key, theirs?.body ?? "", body) };
}

/** "Release notes, 2nd" as a key: release-notes-2nd. */
export function toKey(title: string): string {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 64)
    .replace(/^-+|-+$/g, "");
}
