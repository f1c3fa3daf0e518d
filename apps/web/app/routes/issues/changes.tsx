import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { readPatch, toLine } from "../../format/work-product.ts";
import { companyLoader } from "../../server/board.ts";
import { notFound } from "../../server/companies.ts";
import { Page } from "../../ui/page.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { DiffView } from "../../ui/work/diff-view.tsx";
import { LineCounts } from "../../ui/work/line-counts.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `Changes of ${data?.identifier ?? "an issue"} · Boardroom` },
];

export const loader = companyLoader(async ({ api, params }) => {
  const identifier = params.identifier ?? "";
  const products = await api.call("workProducts.list", { params: { id: identifier }, query: { limit: 200 } });
  const found = products.find(({ id, kind }) => id === params.product && kind === "diff");
  if (!found) throw notFound("These changes are not kept here.");
  return { identifier, product: toLine(found), ...readPatch(found) };
});

export default function Changes() {
  const { identifier, product, patch, isCut } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  return (
    <Page title={product.title} back={`${base}/issues/${identifier}`} backLabel={`Back to ${identifier}`}>
      <div className="stack">
        <p className="line">
          {product.ref && <code>{product.ref}</code>}
          {product.diff && (
            <>
              <span className="muted">
                {product.diff.files.length === 1 ? "1 file" : `${product.diff.files.length} files`}
              </span>
              <LineCounts added={product.diff.added} removed={product.diff.removed} />
            </>
          )}
          <span className="push faint">
            <RelativeTime at={product.createdAt} />
          </span>
        </p>
        <DiffView patch={patch} isCut={isCut} />
      </div>
    </Page>
  );
}
