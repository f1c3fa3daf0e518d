import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Tag } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";

export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Secrets · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("secrets.list", { params: { cid: company.id }, query: { cursor } });
});

export default function Secrets() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const path = `${base}/settings/secrets`;
  return (
    <Page
      title="Secrets"
      back={`${base}/settings`}
      flush
      actions={
        items.length > 0 && (
          <ButtonLink to={`${path}/new`} leadsTo="secrets.create">
            <Plus size={16} aria-hidden="true" />
            New secret
          </ButtonLink>
        )
      }
    >
      {items.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${path}/new`} leadsTo="secrets.create" kind="primary">
              Store a secret
            </ButtonLink>
          }
        >
          A key or password that agents work with and nobody reads. It is given to a run when it starts, and masked in
          all that the run says.
        </EmptyState>
      ) : (
        <div className="list">
          {items.map((secret) => (
            <div className="row" data-tall key={secret.id}>
              <div className="row-text">
                <Link to={`${path}/${secret.id}`} className="row-link">
                  {secret.name}
                </Link>
                <small>
                  <code>{secret.key}</code>
                  {" · "}
                  {secret.referenceCount === 0 ? "not used" : `used in ${secret.referenceCount}`}
                </small>
              </div>
              <div className="meta">
                {secret.status === "disabled" && <Tag tone="attention">Disabled</Tag>}
                <span className="wide-only">
                  {secret.lastResolvedAt ? <RelativeTime at={secret.lastResolvedAt} /> : "never given out"}
                </span>
              </div>
            </div>
          ))}
        </div>
      )}
      {nextCursor && <ListEnd nextCursor={nextCursor} search={search} all="" />}
    </Page>
  );
}
