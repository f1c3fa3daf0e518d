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
  { title: `New document of ${data?.identifier ?? "an issue"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, params }) => {
  const { identifier } = await api.call("issues.get", { params: { id: params.identifier ?? "" } });
  return { identifier };
});

export const action = companyAction(async (args) => {
  if (args.intent === "preview") return readPreview(args);
  const { identifier = "" } = args.params;
  const saved = await saveDocument(args, identifier);
  if ("conflict" in saved) return saved;
  return redirect(`/${args.company.issuePrefix.toLowerCase()}/issues/${identifier}/documents/${saved.key}`);
});

export default function NewDocument() {
  const { identifier } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const result = useResult<DocumentAnswer>();
  const path = `${base}/issues/${identifier}`;
  return (
    <Page title="New document" back={path} backLabel={`Back to ${identifier}`} calls="documents.put">
      <div className="document">
        {result && !isFailure(result) && "conflict" in result ? (
          <DocumentConflict conflict={result} path={`${path}/documents/${result.key}`} />
        ) : (
          <DocumentForm document={null} preview={result && !isFailure(result) ? result : null} />
        )}
      </div>
    </Page>
  );
}
