import { type MetaFunction, redirect } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyAction } from "../../forms/act.ts";
import { isFailure, useResult } from "../../forms/use-result.ts";
import { companyLoader } from "../../server/board.ts";
import { type DocumentAnswer, readPreview, saveDocument } from "../../server/documents.ts";
import { DocumentConflict } from "../../ui/document/conflict.tsx";
import { DocumentForm } from "../../ui/document/form.tsx";
import { Page } from "../../ui/page.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Edit ${data?.document.title ?? "a document"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, params }) => ({
  identifier: params.identifier ?? "",
  document: await api.call("documents.get", { params: { id: params.identifier ?? "", key: params.key ?? "" } }),
}));

export const action = companyAction(async (args) => {
  const { identifier = "", key = "" } = args.params;
  if (args.intent === "preview") return readPreview(args);
  const saved = await saveDocument(args, identifier, key);
  if ("conflict" in saved) return saved;
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/issues/${identifier}/documents/${key}`);
});

export default function EditDocument() {
  const { identifier, document } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<DocumentAnswer>();
  const path = `${base}/issues/${identifier}/documents/${document.key}`;
  return (
    <Page title={`Edit ${document.title}`} back={path} backLabel="Back to the document" calls="documents.put">
      <div className="document">
        {result && !isFailure(result) && "conflict" in result ? (
          <DocumentConflict conflict={result} path={path} />
        ) : (
          <DocumentForm document={document} preview={result && !isFailure(result) ? result : null} />
        )}
      </div>
    </Page>
  );
}
