import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { Link, useLoaderData } from "@remix-run/react";
import Pencil from "lucide-react/icons/pencil";
import { companyAction } from "../../forms/act.ts";
import { readText } from "../../forms/read.ts";
import { companyLoader } from "../../server/board.ts";
import { readDocumentPage } from "../../server/document-page.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { ConfirmSheet } from "../../ui/confirm-sheet.tsx";
import { DocumentRevisions } from "../../ui/document/revisions.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { Prose } from "../../ui/prose.tsx";
import { SheetLink } from "../../ui/sheet.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { DiffView } from "../../ui/work/diff-view.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.document.title ?? "Document"} · Boardroom` },
];

export const loader = companyLoader(readDocumentPage);

export const action = companyAction(async ({ api, company, form, intent, params }) => {
  const { identifier = "", key = "" } = params;
  const issuePath = `/${company.issuePrefix.toLowerCase()}/issues/${identifier}`;
  if (intent === "delete") {
    await api.call("documents.delete", { params: { id: identifier, key } });
    return redirect(issuePath);
  }
  await api.call("documents.restore", {
    params: { id: identifier, key, rid: readText(form, "revisionId") },
    body: { baseRevisionId: readText(form, "baseRevisionId") },
  });
  return redirect(`${issuePath}/documents/${key}`);
});

export default function DocumentPage() {
  const { identifier, document, html, revisions, nextCursor, shown } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const issuePath = `${base}/issues/${identifier}`;
  const path = `${issuePath}/documents/${document.key}`;
  return (
    <Page
      title={document.title}
      back={shown ? path : issuePath}
      backLabel={shown ? "Back to the document" : `Back to ${identifier}`}
      actions={
        <ButtonLink to={`${path}/edit`} kind="quiet">
          <Pencil size={16} aria-hidden="true" />
          Edit
        </ButtonLink>
      }
    >
      <div className="document stack">
        <p className="sub">
          <Link to={issuePath}>{identifier}</Link> · <code>{document.key}</code> · Version{" "}
          {document.latestRevisionNumber} by {document.updatedByName}, <RelativeTime at={document.updatedAt} />
        </p>
        {shown ? (
          <Section title={`What version ${shown.revisionNumber} changed`}>
            <DiffView patch={shown.patch} isCut={false} />
          </Section>
        ) : html === "" ? (
          <p className="faint">Nothing is written yet.</p>
        ) : (
          <Prose html={html} />
        )}
        <DocumentRevisions
          document={document}
          revisions={revisions}
          nextCursor={nextCursor}
          shownId={shown?.id ?? null}
        />
        <div className="line">
          <SheetLink sheet="delete" leadsTo="documents.delete" className="button" data-kind="danger">
            Delete
          </SheetLink>
        </div>
      </div>
      <ConfirmSheet name="delete" title={`Delete ${document.title}`} confirm="Delete document">
        <p>It goes with all its versions, and can't be brought back.</p>
      </ConfirmSheet>
    </Page>
  );
}
