import type { MetaFunction } from "@remix-run/cloudflare";
import { Link, useLoaderData, useSearchParams } from "@remix-run/react";
import Plus from "lucide-react/icons/plus";
import { companyLoader } from "../../server/board.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Page } from "../../ui/page.tsx";
import { EmptyState, ListEnd } from "../../ui/states.tsx";
import { RelativeTime } from "../../ui/time.tsx";
import { useCompany } from "../../ui/use-company.ts";
import { EndpointTag, hostOf, toldIn } from "../../ui/webhooks/endpoint-state.tsx";

export { shouldRevalidate } from "../../live/should-revalidate.ts";
export { PageError as ErrorBoundary } from "../../ui/page-error.tsx";
export const meta: MetaFunction = () => [{ title: "Webhooks · Boardroom" }];

export const loader = companyLoader(({ api, company, url }) => {
  const cursor = url.searchParams.get("cursor") ?? undefined;
  return api.page("webhookEndpoints.list", { params: { cid: company.id }, query: { cursor } });
});

export default function Webhooks() {
  const { items, nextCursor } = useLoaderData<typeof loader>();
  const { base } = useCompany();
  const [search] = useSearchParams();
  const path = `${base}/settings/webhooks`;
  return (
    <Page
      title="Webhooks"
      back={`${base}/settings`}
      flush
      actions={
        items.length > 0 && (
          <ButtonLink to={`${path}/new`} leadsTo="webhookEndpoints.create">
            <Plus size={16} aria-hidden="true" />
            New address
          </ButtonLink>
        )
      }
    >
      {items.length === 0 ? (
        <EmptyState
          action={
            <ButtonLink to={`${path}/new`} leadsTo="webhookEndpoints.create" kind="primary">
              Add an address
            </ButtonLink>
          }
        >
          Tell another program what happens here, as it happens: signed, tried again until it gets through, and written
          down.
        </EmptyState>
      ) : (
        <div className="list">
          {items.map((endpoint) => (
            <div className="row" data-tall key={endpoint.id}>
              <div className="row-text">
                <Link to={`${path}/${endpoint.id}`} className="row-link">
                  {endpoint.description || hostOf(endpoint.url)}
                </Link>
                <small>
                  {endpoint.description && `${hostOf(endpoint.url)} · `}
                  {toldIn(endpoint)}
                </small>
              </div>
              <div className="meta">
                <EndpointTag endpoint={endpoint} />
                <span className="wide-only">
                  {endpoint.lastDeliveredAt ? <RelativeTime at={endpoint.lastDeliveredAt} /> : "nothing yet"}
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
