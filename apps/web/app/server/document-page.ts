import type { DocumentRevisionListItem, IssueDocument } from "@boardroom/contract";
import type { CompanyActionArgs } from "./board.ts";
import { diffTexts } from "./diff-texts.ts";
import { renderMarkdown } from "./markdown.ts";

type LoaderArgs = Pick<CompanyActionArgs, "api" | "company" | "params" | "url">;

interface DocumentPage {
  identifier: string;
  document: Omit<IssueDocument, "body">;
  html: string;
  revisions: DocumentRevisionListItem[];
  nextCursor: string | null;
  /** The version that was asked for, with what it changed. */
  shown: { id: string; revisionNumber: number; patch: string } | null;
}

/** A document, its versions, and what one of them changed. */
export async function readDocumentPage({ api, company, params, url }: LoaderArgs): Promise<DocumentPage> {
  const of = { params: { id: params.identifier ?? "", key: params.key ?? "" } };
  const cursor = url.searchParams.get("cursor") ?? undefined;
  const [{ body, ...document }, page] = await Promise.all([
    api.call("documents.get", of),
    api.page("documents.revisions", { ...of, query: { limit: 30, cursor } }),
  ]);
  const wanted = url.searchParams.get("version");
  const at = page.items.findIndex(({ id }) => id === wanted);
  const [shown, before] = at === -1 ? [] : [page.items[at], page.items[at + 1]];
  const bodyOf = async (revision: DocumentRevisionListItem | undefined) =>
    revision ? (await api.call("documents.getRevision", { params: { ...of.params, rid: revision.id } })).body : "";
  const [now, then] = shown ? await Promise.all([bodyOf(shown), bodyOf(before)]) : ["", ""];
  return {
    identifier: params.identifier ?? "",
    document,
    html: shown ? "" : renderMarkdown(body, { issuePrefix: company.issuePrefix }),
    revisions: page.items,
    nextCursor: page.nextCursor,
    shown: shown
      ? { id: shown.id, revisionNumber: shown.revisionNumber, patch: diffTexts(document.key, then, now) }
      : null,
  };
}
