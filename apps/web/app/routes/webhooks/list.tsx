import type { MetaFunction } from "@remix-run/cloudflare";
import { useLoaderData } from "@remix-run/react";
import { companyLoader } from "../../server/board.ts";
import { SettingsList, SettingsListRow } from "../../ui/settings-list.tsx";
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
  return (
    <SettingsList
      title="Webhooks"
      place="webhooks"
      creates="webhookEndpoints.create"
      add={["New address", "Add an address"]}
      empty="Tell another program what happens here, as it happens: signed, tried again until it gets through, and written down."
      nextCursor={nextCursor}
      rows={items.map((endpoint) => (
        <SettingsListRow
          key={endpoint.id}
          to={`${base}/settings/webhooks/${endpoint.id}`}
          name={endpoint.description || hostOf(endpoint.url)}
          hint={`${endpoint.description ? `${hostOf(endpoint.url)} · ` : ""}${toldIn(endpoint)}`}
          tag={<EndpointTag endpoint={endpoint} />}
          when={endpoint.lastDeliveredAt ? <RelativeTime at={endpoint.lastDeliveredAt} /> : "nothing yet"}
        />
      ))}
    />
  );
}
